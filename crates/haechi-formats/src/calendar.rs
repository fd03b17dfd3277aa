//! `calendar/kr.csv`: the public holidays, each row citing its source.

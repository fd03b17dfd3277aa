//! The question a finding asks, in words.


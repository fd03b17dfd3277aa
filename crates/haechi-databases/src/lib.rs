//! Tables of live databases as exports.

//! Looks at a file once before it is read.

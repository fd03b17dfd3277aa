//! One file a task.

pub(crate) mod assets;
pub(crate) mod ci;
pub(crate) mod demo;
pub(crate) mod docs;
pub(crate) mod new_slice;
pub(crate) mod office_check;
pub(crate) mod recipes;
pub(crate) mod report_check;
pub(crate) mod scaffold;
pub(crate) mod test;

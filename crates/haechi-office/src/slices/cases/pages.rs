//! placeholder
pub(super) fn routes(_: &mut crate::web::Routes) {}

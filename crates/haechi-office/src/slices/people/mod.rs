//! Who is where, answers for what, and to whom: units, persons, appointments and absences, each with its days.

mod directory;
mod routing;
#[cfg(test)]
mod tests;

pub use self::directory::{Absence, Appointment, Directory, Person, Post, Unit};
pub use self::routing::{Responsible, Route, Why, Whyless};

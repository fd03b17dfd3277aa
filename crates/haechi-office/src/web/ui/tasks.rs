use askama::Template;

use super::{Kind, Tag};

/// Something to be done.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    title: String,
    href: Option<String>,
    tags: Vec<Tag>,
    about: Vec<String>,
    standing: String,
    kind: Kind,
    when: String,
}

impl Task {
    /// Something to be done at this address.
    pub(crate) fn new(title: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            href: Some(href.into()),
            tags: Vec::new(),
            about: Vec::new(),
            standing: String::new(),
            kind: Kind::Plain,
            when: String::new(),
        }
    }

    /// Something that cannot be started yet: grey, and no link.
    pub(crate) fn later(title: impl Into<String>) -> Self {
        Self { href: None, ..Self::new(title, "") }
    }

    /// What it is about, in a few words; nothing where it is empty.
    pub(crate) fn about(mut self, about: impl Into<String>) -> Self {
        let about = about.into();
        if !about.is_empty() {
            self.about.push(about);
        }
        self
    }

    /// A tag where `holds`.
    pub(crate) fn tag_if(mut self, holds: bool, kind: Kind, text: impl Into<String>) -> Self {
        if holds {
            self.tags.push(Tag::new(kind, text));
        }
        self
    }

    /// How it stands. Of a plain kind it is plain text, so that what is open stands out.
    pub(crate) fn standing(mut self, kind: Kind, words: impl Into<String>) -> Self {
        (self.kind, self.standing) = (kind, words.into());
        self
    }

    /// When it is due.
    pub(crate) fn when(mut self, when: impl Into<String>) -> Self {
        self.when = when.into();
        self
    }

    fn standing_tag(&self) -> Option<Tag> {
        (self.kind != Kind::Plain && !self.standing.is_empty()).then(|| Tag::new(self.kind, &self.standing))
    }
}

/// What there is to do. The whole row is the link.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/task_list.html")]
pub(crate) struct TaskList {
    tasks: Vec<Task>,
}

impl TaskList {
    /// These tasks, in this order.
    pub(crate) fn new(tasks: impl IntoIterator<Item = Task>) -> Self {
        Self { tasks: tasks.into_iter().collect() }
    }
}

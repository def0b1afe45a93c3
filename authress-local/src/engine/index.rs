//! Where grants are found: by who has them, then by the beginning of the resource, so that a check looks at few of them.

use std::collections::HashMap;
use std::sync::Arc;

use super::model::{Record, Statement, user};
use super::resource::{Asked, Pattern};

/// Who has a grant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Subject {
    User(String),
    Group(String),
}

/// One resource of one statement.
#[derive(Debug, Clone)]
pub(super) struct Grant {
    pub(super) record: Arc<str>,
    pub(super) statement: usize,
    /// The resource as the statement names it.
    pub(super) resource: Arc<str>,
    pub(super) roles: Arc<[String]>,
    /// None when the resource is none: then it reaches nothing.
    pattern: Option<Pattern>,
}

/// Where grants are filed whose resource is none; no resource that is asked about has this prefix.
const NOWHERE: &str = "//";

/// The grants of one statement by the beginnings of their resources. All of its subjects share it: a record may have thousands of either.
#[derive(Debug)]
struct Filed {
    record: Arc<str>,
    by_prefix: HashMap<String, Vec<Grant>>,
}

/// The grants of all records.
#[derive(Debug, Default)]
pub(super) struct Index(HashMap<Subject, Vec<Arc<Filed>>>);

impl Index {
    pub(super) fn add(&mut self, record: &Record) {
        let id: Arc<str> = record.id.as_str().into();
        for (number, statement) in record.statements.iter().enumerate() {
            let filed = Arc::new(Filed::of(&id, number, statement));
            for subject in subjects(statement) {
                self.0.entry(subject).or_default().push(Arc::clone(&filed));
            }
        }
    }

    /// Removes what [`add`](Self::add) added for the same record.
    pub(super) fn remove(&mut self, record: &Record) {
        for subject in record.statements.iter().flat_map(subjects) {
            let Some(of_subject) = self.0.get_mut(&subject) else {
                continue;
            };
            of_subject.retain(|filed| *filed.record != *record.id);
            if of_subject.is_empty() {
                self.0.remove(&subject);
            }
        }
    }

    /// Whether any record names the subject.
    pub(super) fn knows(&self, subject: &Subject) -> bool {
        self.0.contains_key(subject)
    }

    /// The grants of `subject` that reach `asked`.
    pub(super) fn reaching(&self, subject: &Subject, asked: &Asked<'_>) -> Vec<&Grant> {
        let prefixes: Vec<String> = asked.prefixes().collect();
        let of_subject = self.0.get(subject).into_iter().flatten();
        let filed = of_subject.flat_map(|filed| prefixes.iter().filter_map(|prefix| filed.by_prefix.get(prefix)));
        let reaches = |grant: &&Grant| grant.pattern.as_ref().is_some_and(|pattern| pattern.covers(asked));
        filed.flatten().filter(reaches).collect()
    }

    /// The grants of `subject` that reach nothing, since their resource is none.
    pub(super) fn reaching_nothing(&self, subject: &Subject) -> impl Iterator<Item = &Grant> {
        let of_subject = self.0.get(subject).into_iter().flatten();
        of_subject.filter_map(|filed| filed.by_prefix.get(NOWHERE)).flatten()
    }
}

impl Filed {
    fn of(record: &Arc<str>, number: usize, statement: &Statement) -> Self {
        let roles: Arc<[String]> = statement.roles.clone().into();
        let mut by_prefix: HashMap<String, Vec<Grant>> = HashMap::new();
        for resource in &statement.resources {
            let pattern = Pattern::new(resource);
            let prefix = pattern
                .as_ref()
                .map_or_else(|| NOWHERE.to_owned(), Pattern::literal_prefix);
            by_prefix.entry(prefix).or_default().push(Grant {
                record: Arc::clone(record),
                statement: number,
                resource: resource.as_str().into(),
                roles: Arc::clone(&roles),
                pattern,
            });
        }
        Self {
            record: Arc::clone(record),
            by_prefix,
        }
    }
}

/// Who has the grants of a statement.
fn subjects(statement: &Statement) -> impl Iterator<Item = Subject> {
    let users = statement.users.iter().map(|id| Subject::User(user(id).to_owned()));
    users.chain(statement.groups.iter().map(|id| Subject::Group(id.clone())))
}

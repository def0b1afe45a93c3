//! Where grants are found: by who has them, then by the beginning of the resource, so that a check looks at few of them.

use std::collections::HashMap;
use std::sync::Arc;

use super::model::{Record, user};
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

/// The grants of all records.
#[derive(Debug, Default)]
pub(super) struct Index(HashMap<Subject, HashMap<String, Vec<Grant>>>);

impl Index {
    pub(super) fn add(&mut self, record: &Record) {
        for (subject, prefix, grant) in grants(record) {
            self.0
                .entry(subject)
                .or_default()
                .entry(prefix)
                .or_default()
                .push(grant);
        }
    }

    /// Removes what [`add`](Self::add) added for the same record.
    pub(super) fn remove(&mut self, record: &Record) {
        for (subject, prefix, _) in grants(record) {
            let Some(of_subject) = self.0.get_mut(&subject) else {
                continue;
            };
            if let Some(filed) = of_subject.get_mut(&prefix) {
                filed.retain(|grant| *grant.record != *record.id);
                if filed.is_empty() {
                    of_subject.remove(&prefix);
                }
            }
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
    pub(super) fn reaching<'a>(&'a self, subject: &Subject, asked: &Asked<'_>) -> impl Iterator<Item = &'a Grant> {
        let of_subject = self.0.get(subject);
        let filed = asked.prefixes().filter_map(move |prefix| of_subject?.get(&prefix));
        filed.flatten().filter(|grant| {
            let pattern = grant.pattern.as_ref();
            pattern.is_some_and(|pattern| pattern.covers(asked))
        })
    }

    /// The grants of `subject` that reach nothing, since their resource is none.
    pub(super) fn reaching_nothing<'a>(&'a self, subject: &Subject) -> impl Iterator<Item = &'a Grant> + use<'a> {
        let filed = self.0.get(subject).and_then(|of_subject| of_subject.get(NOWHERE));
        filed.into_iter().flatten()
    }
}

/// Every grant of a record with its place in the index.
fn grants(record: &Record) -> Vec<(Subject, String, Grant)> {
    let id: Arc<str> = record.id.as_str().into();
    let mut grants = Vec::new();
    for (number, statement) in record.statements.iter().enumerate() {
        let roles: Arc<[String]> = statement.roles.clone().into();
        let users = statement.users.iter().map(|id| Subject::User(user(id).to_owned()));
        let groups = statement.groups.iter().map(|id| Subject::Group(id.clone()));
        let subjects: Vec<Subject> = users.chain(groups).collect();
        for resource in &statement.resources {
            let grant = Grant {
                record: Arc::clone(&id),
                statement: number,
                resource: resource.as_str().into(),
                roles: Arc::clone(&roles),
                pattern: Pattern::new(resource),
            };
            let prefix = grant
                .pattern
                .as_ref()
                .map_or_else(|| NOWHERE.to_owned(), Pattern::literal_prefix);
            grants.extend(
                subjects
                    .iter()
                    .map(|subject| (subject.clone(), prefix.clone(), grant.clone())),
            );
        }
    }
    grants
}

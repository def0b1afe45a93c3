//! What is described of one operation.

use super::{Field, Schema};
use crate::generated::OPERATIONS;

/// An operation: what it takes and how it answers.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) id: &'static str,
    /// In the order in which they stand in the path.
    pub(crate) path: &'static [Field],
    pub(crate) query: &'static [Field],
    pub(crate) headers: &'static [Field],
    pub(crate) body: Option<Body>,
    pub(crate) answers: &'static [Answer],
}

/// The body of a request.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) schema: &'static Schema,
    pub(crate) required: bool,
}

/// An answer that is listed with an operation; without a schema it has no body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(super) status: u16,
    pub(super) schema: Option<&'static Schema>,
}

pub(crate) const fn answer(status: u16) -> Answer {
    Answer { status, schema: None }
}

pub(crate) const fn answer_with(status: u16, schema: &'static Schema) -> Answer {
    Answer {
        status,
        schema: Some(schema),
    }
}

impl Operation {
    /// The operation with this id. The table is in the order of ids.
    pub(crate) fn of(id: &str) -> Option<&'static Self> {
        let index = OPERATIONS.binary_search_by(|it| it.id.cmp(id)).ok()?;
        OPERATIONS.get(index)
    }

    /// Most items of a page, which is the largest `limit`; none where there are no pages.
    pub(crate) fn most_in_page(&self) -> usize {
        let limit = self.query.iter().find(|field| field.name == "limit");
        match limit.map(|field| field.schema) {
            Some(Schema::Nullable(Schema::Integer { most, .. }) | Schema::Integer { most, .. }) => {
                usize::try_from(*most).unwrap_or_default()
            }
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_described_with_its_path_parameters_and_answers() {
        assert_eq!(OPERATIONS.len(), authress_api::OPERATIONS.len());
        for operation in authress_api::OPERATIONS {
            let described = Operation::of(operation.id).unwrap();
            assert_eq!(described.id, operation.id);
            let of_template = operation
                .path
                .split('/')
                .filter_map(|segment| segment.strip_prefix('{'));
            let of_template: Vec<_> = of_template.map(|name| name.trim_end_matches('}')).collect();
            let names: Vec<_> = described.path.iter().map(|field| field.name).collect();
            assert_eq!(names, of_template, "{}", operation.id);
            assert!(described.path.iter().all(|field| field.required), "{}", operation.id);
            assert!(
                described.answers.iter().any(|it| (200..300).contains(&it.status)),
                "{}",
                operation.id
            );
        }
        assert!(Operation::of("no such").is_none());
    }

    #[test]
    fn pages_are_as_large_as_the_description_has_them() {
        let paged = OPERATIONS.iter().filter(|operation| operation.most_in_page() > 0);
        let paged: Vec<(&str, usize)> = paged
            .map(|operation| (operation.id, operation.most_in_page()))
            .collect();
        let expected = [
            ("getApplications", 100),
            ("getClients", 20),
            ("getConnections", 100),
            ("getExtensions", 20),
            ("getGroups", 20),
            ("getRecords", 20),
            ("getRequests", 20),
            ("getResourceUsers", 20),
            ("getRoles", 100),
            ("getTenants", 100),
            ("getUserResources", 20),
            ("getUsers", 100),
        ];
        assert_eq!(paged, expected);
    }
}

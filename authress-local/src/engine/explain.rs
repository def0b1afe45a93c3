//! Why a check was decided as it was.

use std::fmt;

/// What decided a check, or what was missing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Explanation {
    /// Allowed, by the first grant found that reaches the resource and holds the permission.
    #[non_exhaustive]
    Allowed {
        /// The access record.
        record_id: String,
        /// The statement in it, counted from 0.
        statement: usize,
        /// The group that the user has it through, or none when the user is named.
        group_id: Option<String>,
        /// The resource that the statement names.
        resource: String,
        /// The role.
        role_id: String,
        /// The action that the role allows.
        action: String,
    },
    /// Denied: no active access record names the user or a group of the user.
    NotNamed,
    /// Denied: what is asked about is no resource. It is empty, or a segment of it is.
    NotAResource,
    /// Denied: records name the user, but none on this resource or a parent of it.
    #[non_exhaustive]
    NothingOnResource {
        /// What these records name that is no resource, since it is empty or a segment of it is: nothing is given on it.
        not_resources: Vec<String>,
    },
    /// Denied: the user has roles on the resource, but none of them allows the permission.
    #[non_exhaustive]
    NotInRoles {
        /// The roles, in the order in which they were found, each once.
        role_ids: Vec<String>,
        /// Those of them that do not exist.
        unknown_role_ids: Vec<String>,
    },
}

impl Explanation {
    /// Whether the check is answered with yes.
    pub fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed { .. })
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allowed {
                record_id,
                statement,
                group_id,
                resource,
                role_id,
                action,
            } => {
                write!(
                    f,
                    "allowed: record {record_id}, statement {statement}, gives {role_id} on {resource}"
                )?;
                if let Some(group_id) = group_id {
                    write!(f, " to the group {group_id}")?;
                }
                write!(f, ", which allows {action}")
            }
            Self::NotNamed => f.write_str("denied: no active record names the user or a group of the user"),
            Self::NotAResource => {
                f.write_str("denied: what is asked about is no resource: it is empty, or a segment of it is")
            }
            Self::NothingOnResource { not_resources } => {
                f.write_str("denied: no record gives the user anything on the resource or above it")?;
                for text in not_resources {
                    write!(f, "; a record names {text:?}, which is no resource")?;
                }
                Ok(())
            }
            Self::NotInRoles {
                role_ids,
                unknown_role_ids,
            } => {
                write!(f, "denied: none of the roles allows it: {}", role_ids.join(", "))?;
                if !unknown_role_ids.is_empty() {
                    write!(f, "; there is no role {}", unknown_role_ids.join(", "))?;
                }
                Ok(())
            }
        }
    }
}

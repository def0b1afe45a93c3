//! How explanations read.

use std::fmt;

use super::{Because, Denial, Explanation, NearMiss, Source};

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(because) = &self.because {
            return write!(f, "allowed: {because}");
        }
        match self.denial {
            Denial::NoResource => {
                f.write_str("denied: what is asked about is no resource: it is empty, or a segment of it is")?;
            }
            Denial::UnknownUser => f.write_str("denied: no active record names the user or a group of the user")?,
            Denial::NothingGiven => write!(
                f,
                "denied: no record gives {} {} on {} or above it",
                self.user_id, self.permission, self.resource_uri
            )?,
        }
        // The only one of its kind says what the first line says.
        let misses = self.near_misses.iter().filter(|miss| **miss != NearMiss::NotAResource);
        misses.into_iter().try_for_each(|miss| write!(f, "\n- {miss}"))
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "record {}, statement {}, gives {} on {}",
            self.record_id, self.statement, self.role_id, self.resource_uri
        )?;
        match &self.group_id {
            Some(group_id) => write!(f, " to the group {group_id}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AccessRecord { source, action } => write!(f, "{source}, which allows {action}"),
            Self::Public { resource_uri } => write!(f, "{resource_uri} is public"),
        }
    }
}

impl fmt::Display for NearMiss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAResource => f.write_str("what is asked about is no resource"),
            Self::UnknownRole { source } => write!(f, "{source}, and there is no such role"),
            Self::OnlyToGive { source, action } => {
                write!(
                    f,
                    "{source}, which lets the user give {action} to others, but not do it"
                )
            }
            Self::OtherAction {
                source,
                allowed_actions,
            } if allowed_actions.is_empty() => {
                write!(f, "{source}, which allows nothing")
            }
            Self::OtherAction {
                source,
                allowed_actions,
            } => {
                write!(f, "{source}, which allows only {}", allowed_actions.join(", "))
            }
            Self::DeletedRecord { source, action } => {
                write!(f, "{source}, which allows {action}, but the record is deleted")
            }
            Self::NotInGroup {
                source,
                action,
                group_exists,
            } => {
                let but = if *group_exists {
                    "the user is not in it"
                } else {
                    "there is no such group"
                };
                write!(f, "{source}, which allows {action}, but {but}")
            }
            Self::OtherResource { source, action } => write!(f, "{source}, another resource, which allows {action}"),
            Self::NotAResourceInRecord { source } => {
                write!(
                    f,
                    "record {}, statement {}: a record names {:?}, which is no resource",
                    source.record_id, source.statement, source.resource_uri
                )
            }
        }
    }
}

//! Why a check was decided as it was: what an explanation holds. How it is found is in `find`, how it reads in `text`.

mod find;
#[cfg(test)]
mod tests;
mod text;

use serde::ser::{Serialize, SerializeStruct, Serializer};

/// Why a check was decided as it was.
///
/// `Display` gives it as text for people: one line, and for a denial one more for each near miss. Serialized, it is an object with `userId`,
/// `resourceUri`, `permission`, `allowed`, `because`, `nearMisses` and `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    user_id: String,
    resource_uri: String,
    permission: String,
    because: Option<Because>,
    denial: Denial,
    near_misses: Vec<NearMiss>,
}

/// What a denial comes to, in the end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Denial {
    NoResource,
    UnknownUser,
    #[default]
    NothingGiven,
}

impl Explanation {
    /// Whether the check is answered with yes.
    pub fn is_allowed(&self) -> bool {
        self.because.is_some()
    }

    /// The user that was asked about.
    pub fn user_id(&self) -> &str {
        &self.user_id
    }

    /// The resource that was asked about.
    pub fn resource_uri(&self) -> &str {
        &self.resource_uri
    }

    /// The permission that was asked about.
    pub fn permission(&self) -> &str {
        &self.permission
    }

    /// What allows it; none for a denial.
    pub fn because(&self) -> Option<&Because> {
        self.because.as_ref()
    }

    /// What would nearly have allowed it, the nearest first, at most 10; empty when it is allowed.
    ///
    /// Of very many records not all are looked at.
    pub fn near_misses(&self) -> &[NearMiss] {
        &self.near_misses
    }
}

impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Explanation", 7)?;
        object.serialize_field("userId", &self.user_id)?;
        object.serialize_field("resourceUri", &self.resource_uri)?;
        object.serialize_field("permission", &self.permission)?;
        object.serialize_field("allowed", &self.is_allowed())?;
        object.serialize_field("because", &self.because)?;
        object.serialize_field("nearMisses", &self.near_misses)?;
        object.serialize_field("text", &self.to_string())?;
        object.end()
    }
}

/// Where something is given: a resource of a statement of an access record, with a role.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Source {
    /// The group that has it; none when the record names the user.
    pub group_id: Option<String>,
    /// The access record.
    pub record_id: String,
    /// The statement in it, counted from 0.
    pub statement: usize,
    /// The resource, as the statement names it.
    pub resource_uri: String,
    /// The role.
    pub role_id: String,
}

/// What allows something.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum Because {
    /// An access record gives a role that allows it.
    #[non_exhaustive]
    AccessRecord {
        /// Where it is given.
        #[serde(flatten)]
        source: Source,
        /// The action that the role allows, as the role names it.
        action: String,
    },
    /// The resource, or one above it, is public: its configuration allows everybody everything.
    #[non_exhaustive]
    Public {
        /// The resource whose configuration it is.
        resource_uri: String,
    },
}

/// What would nearly have allowed something.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum NearMiss {
    /// What is asked about is no resource: it is empty, or a segment of it is.
    NotAResource,
    /// The user has a role on the resource that does not exist.
    #[non_exhaustive]
    UnknownRole {
        /// Where it is given.
        #[serde(flatten)]
        source: Source,
    },
    /// The user may give the permission to others, and does not have it.
    #[non_exhaustive]
    OnlyToGive {
        /// Where it is given.
        #[serde(flatten)]
        source: Source,
        /// The action that the role lets the user give.
        action: String,
    },
    /// The user has a role on the resource that allows other actions.
    #[non_exhaustive]
    OtherAction {
        /// Where it is given.
        #[serde(flatten)]
        source: Source,
        /// What the role allows, in its order; of very many actions the first.
        allowed_actions: Vec<String>,
    },
    /// A record that was deleted gave it.
    #[non_exhaustive]
    DeletedRecord {
        /// Where it was given.
        #[serde(flatten)]
        source: Source,
        /// The action that the role allows.
        action: String,
    },
    /// A group has it, and the user is not in the group.
    #[non_exhaustive]
    NotInGroup {
        /// Where it is given; the group is the one that has it.
        #[serde(flatten)]
        source: Source,
        /// The action that the role allows.
        action: String,
        /// Whether there is such a group; records may name one that is not there.
        group_exists: bool,
    },
    /// The user may do it, on another resource.
    #[non_exhaustive]
    OtherResource {
        /// Where it is given.
        #[serde(flatten)]
        source: Source,
        /// The action that the role allows.
        action: String,
    },
    /// A record gives the user something on what is no resource, since it is empty or a segment of it is; so it gives nothing.
    #[non_exhaustive]
    NotAResourceInRecord {
        /// Where it stands.
        #[serde(flatten)]
        source: Source,
    },
}

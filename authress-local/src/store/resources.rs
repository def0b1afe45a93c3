//! The configuration of resources, which holds for all users: whether what is below a resource can be claimed, and whether it is public.

use std::collections::BTreeMap;

use authress_api::models::{PermissionedResource, ResourcePermission, ResourcePermissionAction};
use serde::{Deserialize, Serialize};

use super::Store;

/// The configuration of a resource with its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConfiguredResource {
    pub(crate) resource_uri: String,
    pub(crate) permissions: Vec<ResourcePermission>,
}

impl ConfiguredResource {
    /// The configuration as it is answered.
    pub(crate) fn answer(&self) -> PermissionedResource {
        PermissionedResource::new(self.permissions.iter().cloned())
    }
}

/// Whether a configuration sets `action`.
pub(crate) fn sets(permissions: &[ResourcePermission], action: &ResourcePermissionAction) -> bool {
    permissions.iter().any(|it| it.allow && it.action == *action)
}

impl Store {
    /// The configurations by the plain names of their resources.
    pub(crate) fn resources(&self) -> &BTreeMap<String, ConfiguredResource> {
        &self.resources
    }

    /// Puts a configuration in the place of the one that the resource has.
    pub(crate) fn put_resource(&mut self, resource: &str, permissions: Vec<ResourcePermission>) {
        let name = plain(resource).to_owned();
        self.set_public(&name, sets(&permissions, &ResourcePermissionAction::Public));
        let resource = ConfiguredResource {
            resource_uri: name.clone(),
            permissions,
        };
        self.resources.insert(name, resource);
    }

    /// Whether what is directly below a resource can be claimed: it is configured for the very resource.
    pub(crate) fn can_be_claimed(&self, collection: &str) -> bool {
        let resource = self.resources.get(plain(collection));
        resource.is_some_and(|it| sets(&it.permissions, &ResourcePermissionAction::Claim))
    }
}

/// The one name of a resource: a slash at either end does not matter, and neither does `/*` at the end.
///
/// After a `*` it does matter: `*/*` is everything below any first segment, which is not `*`, everything.
pub(crate) fn plain(resource: &str) -> &str {
    let inner = resource.strip_prefix('/').unwrap_or(resource);
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let above = inner.strip_suffix("/*");
    above
        .filter(|above| above.rsplit('/').next() != Some("*"))
        .unwrap_or(inner)
}

/// Whether two names are of the same resource.
pub(crate) fn same_resource(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_has_one_plain_name_and_no_other_has_it() {
        for (resource, expected) in [
            ("a/b", "a/b"),
            ("/a/b/", "a/b"),
            ("a/b/*", "a/b"),
            ("/a/b/*/", "a/b"),
            ("*", "*"),
            ("/*", "*"),
            ("*/*", "*/*"),
            ("*/*/*", "*/*/*"),
            ("a/*/*", "a/*/*"),
            ("a/*/b/*", "a/*/b"),
            ("ns:*", "ns:*"),
            ("ns:*/*", "ns:*"),
        ] {
            assert_eq!(plain(resource), expected, "{resource}");
        }
    }
}

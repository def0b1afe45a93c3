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
        let name = self.resource_name(resource).to_owned();
        self.engine
            .set_public(&name, sets(&permissions, &ResourcePermissionAction::Public));
        let resource = ConfiguredResource {
            resource_uri: name.clone(),
            permissions,
        };
        self.resources.insert(name, resource);
    }

    /// The one name of a resource: neither a slash at either end matters, nor `/*` at the end where it says the same.
    ///
    /// After a `*` it says something else: `*/*` is everything below any first segment, which is not `*`, everything.
    pub(crate) fn resource_name<'a>(&self, resource: &'a str) -> &'a str {
        let name = trimmed(resource);
        let above = name
            .strip_suffix("/*")
            .filter(|_| self.settings.collection_wildcard_covers_collection);
        above
            .filter(|above| above.rsplit('/').next() != Some("*"))
            .unwrap_or(name)
    }

    /// Whether what is directly below a resource can be claimed: it is configured for the very resource.
    pub(crate) fn can_be_claimed(&self, collection: &str) -> bool {
        let resource = self.resources.get(self.resource_name(collection));
        resource.is_some_and(|it| sets(&it.permissions, &ResourcePermissionAction::Claim))
    }
}

/// A resource without the slash at either end, which does not matter.
pub(super) fn trimmed(resource: &str) -> &str {
    let inner = resource.strip_prefix('/').unwrap_or(resource);
    inner.strip_suffix('/').unwrap_or(inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Settings;

    #[test]
    fn a_resource_has_one_name_and_no_other_has_it() {
        let store = Store::new(Settings::default());
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
            assert_eq!(store.resource_name(resource), expected, "{resource}");
        }
    }
}

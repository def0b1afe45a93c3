//! What the description asks of ids, names, actions, resources and lists in a body: enough that what is written can be found again and decides as
//! it says. Everything else in a body is taken as it comes.

use std::fmt::Display;
use std::ops::RangeInclusive;

use authress_api::models::{AccessRecord, Client, Group, LinkedGroup, Role, Statement, User};

use super::answer::Problem;
use crate::engine::is_resource;

/// What a text must be.
pub(super) struct Text {
    characters: RangeInclusive<usize>,
    fits: fn(&str) -> bool,
    form: &'static str,
}

const RECORD_ID: Text = Text {
    characters: 1..=100,
    fits: |id| is_of(id, "-_:|~"),
    form: "made of letters, digits and -_:|~",
};
const ROLE_ID: Text = Text {
    characters: 1..=64,
    fits: |id| is_of(id, "-._:@"),
    form: "made of letters, digits and -._:@",
};
const GROUP_ID: Text = Text {
    characters: 1..=64,
    fits: |id| is_of(id, "-_"),
    form: "made of letters, digits and -_",
};
const USER_ID: Text = any(1..=128);
const NAME: Text = any(1..=128);
const CLIENT_NAME: Text = any(0..=128);
pub(super) const ACTION: Text = Text {
    characters: 1..=64,
    fits: |action| {
        action
            .split(':')
            .all(|part| part == "*" || !part.is_empty() && is_of(part, "-_"))
    },
    form: "made of letters, digits and -_ in parts between colons, each of which may be * instead",
};
pub(super) const RESOURCE: Text = Text {
    characters: 1..=512,
    fits: is_resource,
    form: "made of segments between slashes, none of them empty",
};

const fn any(characters: RangeInclusive<usize>) -> Text {
    Text {
        characters,
        fits: |_| true,
        form: "",
    }
}

fn is_of(text: &str, others: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c))
}

impl Text {
    /// Refuses `value` at `place` of the request unless it is as it must be.
    pub(super) fn check(&self, place: impl Display, value: &str) -> Result<(), Problem> {
        within(&place, &self.characters, value.chars().count(), "characters")?;
        if (self.fits)(value) {
            Ok(())
        } else {
            Err(Problem::invalid(format!("request.{place}: must be {}", self.form)))
        }
    }

    /// The same for each of a list, whose items have the text in `member`.
    fn check_each<'a>(
        &self,
        place: &str,
        items: &RangeInclusive<usize>,
        member: &str,
        values: impl ExactSizeIterator<Item = &'a str>,
    ) -> Result<(), Problem> {
        within(place, items, values.len(), "items")?;
        let mut values = values.enumerate();
        values.try_for_each(|(number, value)| self.check(format_args!("{place}[{number}]{member}"), value))
    }
}

fn within(place: impl Display, bounds: &RangeInclusive<usize>, count: usize, what: &str) -> Result<(), Problem> {
    if bounds.contains(&count) {
        return Ok(());
    }
    let (least, most) = (bounds.start(), bounds.end());
    Err(Problem::invalid(format!(
        "request.{place}: must have {least} to {most} {what}"
    )))
}

pub(super) fn record(record: &AccessRecord) -> Result<(), Problem> {
    if let Some(id) = &record.record_id {
        RECORD_ID.check("body.recordId", id)?;
    }
    NAME.check("body.name", &record.name)?;
    users("body.users", 1000, record.users.as_deref())?;
    users("body.admins", 100, record.admins.as_deref())?;
    groups("body.groups", 100, record.groups.as_deref())?;
    within("body.statements", &(1..=100), record.statements.len(), "items")?;
    let mut statements = record.statements.iter().enumerate();
    statements.try_for_each(|(number, it)| statement(&format!("body.statements[{number}]"), it))
}

fn statement(place: &str, statement: &Statement) -> Result<(), Problem> {
    let roles = statement.roles.iter().map(String::as_str);
    ROLE_ID.check_each(&format!("{place}.roles"), &(1..=100), "", roles)?;
    let resources = statement
        .resources
        .iter()
        .map(|resource| resource.resource_uri.as_str());
    RESOURCE.check_each(&format!("{place}.resources"), &(1..=100), ".resourceUri", resources)?;
    users(&format!("{place}.users"), 100, statement.users.as_deref())?;
    groups(&format!("{place}.groups"), 10, statement.groups.as_deref())
}

pub(super) fn role(role: &Role) -> Result<(), Problem> {
    if let Some(id) = &role.role_id {
        ROLE_ID.check("body.roleId", id)?;
    }
    NAME.check("body.name", &role.name)?;
    let actions = role.permissions.iter().map(|permission| permission.action.as_str());
    ACTION.check_each("body.permissions", &(0..=100), ".action", actions)
}

pub(super) fn group(group: &Group) -> Result<(), Problem> {
    if let Some(id) = &group.group_id {
        GROUP_ID.check("body.groupId", id)?;
    }
    NAME.check("body.name", &group.name)?;
    users("body.users", 100, Some(&group.users))?;
    users("body.admins", 100, Some(&group.admins))
}

pub(super) fn client(client: &Client) -> Result<(), Problem> {
    CLIENT_NAME.check("body.name", client.name.as_deref().unwrap_or_default())
}

fn users(place: &str, most: usize, users: Option<&[User]>) -> Result<(), Problem> {
    let ids = users.unwrap_or_default().iter().map(|user| user.user_id.as_str());
    USER_ID.check_each(place, &(0..=most), ".userId", ids)
}

fn groups(place: &str, most: usize, groups: Option<&[LinkedGroup]>) -> Result<(), Problem> {
    let ids = groups.unwrap_or_default().iter().map(|group| group.group_id.as_str());
    GROUP_ID.check_each(place, &(0..=most), ".groupId", ids)
}

//! Extensions: programs of others that users log in to, each with an application and a service client of its own.
//!
//! An extension names the two by their ids. Redirect URLs are those of the application, rate limits those of the client: each is kept once.

use authress_api::models::{
    AccessRecord, Application, Client, ClientRateLimit, Extension, ExtensionApplication, ExtensionClient, User,
};
use chrono::{DateTime, Utc};

use super::Store;

/// Longest name of an application, in characters; those of extensions may be longer.
const MAX_APPLICATION_NAME: usize = 64;

/// The ids of a new extension, and of what is made for it.
pub(crate) struct ExtensionIds {
    pub(crate) extension: String,
    pub(crate) application: String,
    pub(crate) client: String,
}

impl Store {
    /// Adds an extension. Its service client may do nothing yet, and has no key.
    pub(crate) fn add_extension(&mut self, ids: &ExtensionIds, extension: Extension, now: DateTime<Utc>) {
        let name = extension.name.as_deref();
        let mut application = Application::new(&ids.application).redirect_urls(asked_redirect_urls(&extension));
        application.name = name.map(|name| name.chars().take(MAX_APPLICATION_NAME).collect());
        self.put_application(application, now);
        let mut client = Client::new();
        client.name = name.map(str::to_owned);
        client.rate_limits = asked_rate_limits(&extension);
        self.put_client(&ids.client, client, now);
        let mut kept = Extension::new()
            .extension_id(&ids.extension)
            .created_time(now)
            .application(ExtensionApplication::new().application_id(&ids.application))
            .client(ExtensionClient::new().client_id(&ids.client));
        (kept.name, kept.tags) = (extension.name, extension.tags);
        self.extensions.insert(ids.extension.clone(), kept);
    }

    /// Changes an extension, with its application and its client as far as they are still there.
    pub(crate) fn change_extension(&mut self, id: &str, extension: Extension, now: DateTime<Utc>) {
        let Some(kept) = self.extensions.get_mut(id) else {
            return;
        };
        let application = application_id(kept).and_then(|id| self.applications.get(id)).cloned();
        let client = client_id(kept).and_then(|id| self.clients.get_mut(id));
        if let Some(client) = client {
            client.limit(asked_rate_limits(&extension));
        }
        let redirect_urls = asked_redirect_urls(&extension);
        (kept.name, kept.tags) = (extension.name, extension.tags);
        if let Some(application) = application {
            self.put_application(application.redirect_urls(redirect_urls), now);
        }
    }

    /// Removes an extension with its application, its client, and the access records that are for the client alone.
    pub(crate) fn remove_extension(&mut self, id: &str, now: DateTime<Utc>) {
        let Some(extension) = self.extensions.remove(id) else {
            return;
        };
        if let Some(id) = application_id(&extension) {
            self.applications.remove(id);
        }
        if let Some(client) = client_id(&extension) {
            self.clients.remove(client);
            let own = self
                .records()
                .iter()
                .filter(|(_, record)| self.is_for_alone(record, client));
            let own: Vec<String> = own.map(|(id, _)| id.clone()).collect();
            for record in own {
                self.delete_record(&record, now);
            }
        }
    }

    /// The extension that acts as this service client.
    pub(crate) fn extension_of_client(&self, id: &str) -> Option<&Extension> {
        self.extensions
            .values()
            .find(|extension| client_id(extension) == Some(id))
    }

    /// Where users may be sent back to after they have logged in to an extension.
    pub(crate) fn redirect_urls(&self, extension: &Extension) -> &[String] {
        let application = application_id(extension).and_then(|id| self.applications.get(id));
        application.map_or(&[], |application| &application.redirect_urls)
    }

    /// How many calls an extension may make.
    pub(crate) fn extension_rate_limits(&self, extension: &Extension) -> Option<&[ClientRateLimit]> {
        self.clients.get(client_id(extension)?)?.rate_limits()
    }

    /// Whether a record gives something to `user`, and nothing to anybody else.
    fn is_for_alone(&self, record: &AccessRecord, user: &str) -> bool {
        let statements = &record.statements;
        let in_statements = statements.iter().flat_map(|statement| statement.users.iter().flatten());
        let mut users = record.users.iter().flatten().chain(in_statements).peekable();
        let in_statements = statements
            .iter()
            .flat_map(|statement| statement.groups.iter().flatten());
        let mut groups = record.groups.iter().flatten().chain(in_statements);
        let is_the_user = |it: &User| self.engine.user(&it.user_id) == user;
        users.peek().is_some() && users.all(is_the_user) && groups.next().is_none()
    }
}

/// The id of the application of an extension.
pub(crate) fn application_id(extension: &Extension) -> Option<&str> {
    extension.application.as_ref()?.application_id.as_deref()
}

/// The id of the service client of an extension.
pub(crate) fn client_id(extension: &Extension) -> Option<&str> {
    extension.client.as_ref()?.client_id.as_deref()
}

fn asked_redirect_urls(extension: &Extension) -> Vec<String> {
    let application = extension.application.as_ref();
    application
        .and_then(|application| application.redirect_urls.clone())
        .unwrap_or_default()
}

fn asked_rate_limits(extension: &Extension) -> Option<Vec<ClientRateLimit>> {
    extension.client.as_ref()?.rate_limits.clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Settings;

    #[test]
    fn an_extension_is_found_by_its_client_with_the_redirect_urls_of_its_application() {
        let mut store = Store::new(Settings::default());
        let now = DateTime::default();
        for number in ["1", "2"] {
            let ids = ExtensionIds {
                extension: format!("ext_{number}"),
                application: format!("app_{number}"),
                client: format!("sc_{number}"),
            };
            let application = ExtensionApplication::new().redirect_urls([format!("https://{number}.example")]);
            store.add_extension(&ids, Extension::new().application(application), now);
        }
        let found = store.extension_of_client("sc_2").unwrap();
        assert_eq!(found.extension_id.as_deref(), Some("ext_2"));
        assert_eq!(store.redirect_urls(found), ["https://2.example"]);
        assert!(store.extension_of_client("app_2").is_none());

        let changed = Application::new("app_2").redirect_urls(["https://other.example"]);
        store.put_application(changed, now);
        let found = store.extension_of_client("sc_2").unwrap();
        assert_eq!(store.redirect_urls(found), ["https://other.example"]);
        store.remove_extension("ext_2", now);
        assert!(store.extension_of_client("sc_2").is_none() && store.extension_of_client("sc_1").is_some());
    }
}

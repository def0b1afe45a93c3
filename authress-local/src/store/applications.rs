//! Applications: what users log in to.

use authress_api::models::Application;
use chrono::{DateTime, Utc};

use super::{Store, after};

/// The application that is there from the start; tokens of users name it.
pub(crate) const DEFAULT_APPLICATION: &str = "app_default";

impl Store {
    /// Adds an application, or changes the one with its id, which keeps the time it was made.
    pub(crate) fn put_application(&mut self, mut application: Application, now: DateTime<Utc>) -> Application {
        let id = application.application_id.clone();
        let before = self.applications.get(&id);
        application.created_time = Some(before.and_then(|before| before.created_time).unwrap_or(now));
        application.last_updated = Some(after(before.and_then(|before| before.last_updated), now));
        self.applications.insert(id, application.clone());
        application
    }

    /// Adds the application that tokens of users name.
    pub(crate) fn put_default_application(&mut self, now: DateTime<Utc>) {
        let application = Application::new(DEFAULT_APPLICATION).name("Default application");
        self.put_application(application, now);
    }
}

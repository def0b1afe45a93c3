//! Service clients, the accounts of programs, and their access keys.

use authress_api::Client;

use crate::requests::{
    CreateClient, DeleteAccessKey, DeleteClient, GetClient, GetClients, RequestAccessKey, UpdateClient,
};
use crate::{Call, models};

/// The calls about service clients and their access keys.
#[derive(Debug, Clone, Copy)]
pub struct ServiceClients<'a>(&'a Client);

impl<'a> ServiceClients<'a> {
    pub(crate) fn new(api: &'a Client) -> Self {
        Self(api)
    }

    /// The service clients of the account.
    pub fn get_clients(&self) -> Call<GetClients> {
        self.0.get_clients()
    }

    /// Creates a service client. It has no access key yet.
    pub fn create_client(&self, client: impl Into<models::Client>) -> Call<CreateClient> {
        self.0.create_client(client)
    }

    /// One service client.
    pub fn get_client(&self, client_id: impl Into<String>) -> Call<GetClient> {
        self.0.get_client(client_id)
    }

    /// Replaces the settings of a service client.
    pub fn update_client(&self, client_id: impl Into<String>, client: impl Into<models::Client>) -> Call<UpdateClient> {
        self.0.update_client(client_id, client)
    }

    /// Deletes a service client, and with it its access keys.
    pub fn delete_client(&self, client_id: impl Into<String>) -> Call<DeleteClient> {
        self.0.delete_client(client_id)
    }

    /// Makes an access key for a service client. It is shown in this answer only, and may take five minutes to be known everywhere.
    pub fn request_access_key(&self, client_id: impl Into<String>) -> Call<RequestAccessKey> {
        self.0.request_access_key(client_id)
    }

    /// Deletes an access key of a service client.
    pub fn delete_access_key(&self, client_id: impl Into<String>, key_id: impl Into<String>) -> Call<DeleteAccessKey> {
        self.0.delete_access_key(client_id, key_id)
    }
}

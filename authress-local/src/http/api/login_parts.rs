//! What logins need to be there: extensions, applications, connections and tenants, which can be created.

use authress_api::models::{
    Application, ApplicationRequest, Client, Connection, Extension, ExtensionApplication, ExtensionClient, Tenant,
};
use http::StatusCode;

use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::store::Store;

pub(super) fn create_application(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    call.require(store, "CREATE", "Authress:Applications")?;
    let request: ApplicationRequest = call.json()?;
    let id = call.new_id("app")?;
    let mut application = Application::new(&id).redirect_urls(request.redirect_urls);
    application.name = request.name;
    application.created_time = Some(call.now);
    store.applications.insert(id, application.clone());
    Ok(Answer::json(StatusCode::CREATED, &application))
}

pub(super) fn create_connection(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    call.require(store, "CREATE", "Authress:Connections")?;
    let mut connection: Connection = call.json()?;
    let id = match &connection.connection_id {
        Some(id) => id.clone(),
        None => call.new_id("con")?,
    };
    connection.connection_id = Some(id.clone());
    connection.created_time = Some(call.now);
    store.connections.insert(id, connection.clone());
    Ok(Answer::json(StatusCode::CREATED, &connection))
}

pub(super) fn create_tenant(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    call.require(store, "CREATE", "Authress:Connections")?;
    let mut tenant: Tenant = call.json()?;
    let id = match &tenant.tenant_id {
        Some(id) => id.clone(),
        None => call.new_id("ten")?,
    };
    tenant.tenant_id = Some(id.clone());
    tenant.created_time = Some(call.now);
    store.tenants.insert(id, tenant.clone());
    Ok(Answer::json(StatusCode::CREATED, &tenant))
}

pub(super) fn create_extension(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    call.require(store, "CREATE", "Authress:Extensions")?;
    let mut extension: Extension = call.json()?;
    let [id, client, application] = ["ext", "sc", "app"].map(|prefix| call.new_id(prefix));
    let (id, client, application) = (id?, client?, application?);
    store.put_client(&client, Client::new(), call.now);
    let urls = extension.application.and_then(|application| application.redirect_urls);
    let application = Application::new(application).redirect_urls(urls.unwrap_or_default());
    extension.extension_id = Some(id.clone());
    extension.created_time = Some(call.now);
    let of_extension = ExtensionApplication::new().application_id(&application.application_id);
    extension.application = Some(of_extension.redirect_urls(application.redirect_urls.clone()));
    extension.client = Some(ExtensionClient::new().client_id(client));
    store
        .applications
        .insert(application.application_id.clone(), application);
    store.extensions.insert(id, extension.clone());
    Ok(Answer::json(StatusCode::CREATED, &extension))
}

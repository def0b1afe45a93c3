// generated
use crate::models;
use crate::tolerance::{Sample, round_trip};

/// A sample for every model.
pub(crate) const SAMPLES: &[Sample] = &[
    Sample {
        model: "Account",
        json: "{\"accountId\":\"text\",\"createdTime\":\"2026-01-02T03:04:05Z\",\"name\":\"text\",\"company\":{\"key\":\"value\"},\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"}},\"domain\":\"text\"}",
        optional_lists: &["company"],
        answered: &["createdTime", "name", "company", "links", "domain"],
        enums: &[],
        round_trip: round_trip::<models::Account>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::Account),
    },
    Sample {
        model: "AccountCollection",
        json: "{\"accounts\":[{\"accountId\":\"text\",\"createdTime\":\"2026-01-02T03:04:05Z\",\"name\":\"text\",\"company\":{\"key\":\"value\"},\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"}},\"domain\":\"text\"}]}",
        optional_lists: &["accounts"],
        answered: &["accounts"],
        enums: &[],
        round_trip: round_trip::<models::AccountCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::AccountCollection),
    },
    Sample {
        model: "Connection",
        json: "{\"type\":\"OAUTH2\",\"connectionId\":\"text\",\"authenticationUrl\":\"text\",\"tokenUrl\":\"text\",\"issuerUrl\":\"text\",\"providerCertificate\":\"text\",\"clientId\":\"text\",\"clientSecret\":\"text\",\"data\":{\"tenantId\":\"text\",\"name\":\"text\",\"supportedContentType\":\"application/json\",\"developerAccountId\":\"text\",\"oidcUserEndpointUrl\":\"text\",\"userIdExpression\":\"text\",\"trustIdentityUserId\":true},\"defaultConnectionProperties\":{\"scope\":\"text\"},\"createdTime\":\"2026-01-02T03:04:05Z\",\"tags\":{\"key\":\"value\"},\"clientSecretId\":\"text\",\"userDataConfiguration\":{\"location\":\"ZAF\"},\"conditions\":{\"requireBusinessAccount\":true,\"authenticationLeewayDuration\":\"text\"},\"linkingConfiguration\":{\"type\":\"null\"},\"lastUpdated\":\"2026-01-02T03:04:05Z\",\"isActiveConnection\":true,\"tenantConfiguration\":{\"assignmentType\":\"DEFAULT\"}}",
        optional_lists: &["tags"],
        answered: &["createdTime", "lastUpdated", "isActiveConnection"],
        enums: &["type"],
        round_trip: round_trip::<models::Connection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::Connection),
    },
    Sample {
        model: "ConnectionCollection",
        json: "{\"connections\":[{\"type\":\"OAUTH2\",\"connectionId\":\"text\",\"authenticationUrl\":\"text\",\"tokenUrl\":\"text\",\"issuerUrl\":\"text\",\"providerCertificate\":\"text\",\"clientId\":\"text\",\"clientSecret\":\"text\",\"data\":{\"tenantId\":\"text\",\"name\":\"text\",\"supportedContentType\":\"application/json\",\"developerAccountId\":\"text\",\"oidcUserEndpointUrl\":\"text\",\"userIdExpression\":\"text\",\"trustIdentityUserId\":true},\"defaultConnectionProperties\":{\"scope\":\"text\"},\"createdTime\":\"2026-01-02T03:04:05Z\",\"tags\":{\"key\":\"value\"},\"clientSecretId\":\"text\",\"userDataConfiguration\":{\"location\":\"ZAF\"},\"conditions\":{\"requireBusinessAccount\":true,\"authenticationLeewayDuration\":\"text\"},\"linkingConfiguration\":{\"type\":\"null\"},\"lastUpdated\":\"2026-01-02T03:04:05Z\",\"isActiveConnection\":true,\"tenantConfiguration\":{\"assignmentType\":\"DEFAULT\"}}],\"pagination\":{\"next\":{\"cursor\":\"text\"}}}",
        optional_lists: &["connections"],
        answered: &["connections", "pagination"],
        enums: &[],
        round_trip: round_trip::<models::ConnectionCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ConnectionCollection),
    },
    Sample {
        model: "Extension",
        json: "{\"extensionId\":\"text\",\"name\":\"text\",\"createdTime\":\"2026-01-02T03:04:05Z\",\"application\":{\"applicationId\":\"text\",\"redirectUrls\":[\"text\"],\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"}}},\"client\":{\"clientId\":\"text\",\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"}},\"rateLimits\":[{\"duration\":\"PT0S\",\"quota\":100}]},\"tags\":{\"key\":\"value\"}}",
        optional_lists: &["tags"],
        answered: &["extensionId", "createdTime"],
        enums: &[],
        round_trip: round_trip::<models::Extension>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::Extension),
    },
    Sample {
        model: "ExtensionCollection",
        json: "{\"extensions\":[{\"extensionId\":\"text\",\"name\":\"text\",\"createdTime\":\"2026-01-02T03:04:05Z\",\"application\":{\"applicationId\":\"text\",\"redirectUrls\":[\"text\"],\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"}}},\"client\":{\"clientId\":\"text\",\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"}},\"rateLimits\":[{\"duration\":\"PT0S\",\"quota\":100}]},\"tags\":{\"key\":\"value\"}}],\"pagination\":{\"next\":{\"cursor\":\"text\"}}}",
        optional_lists: &["extensions"],
        answered: &["extensions", "pagination"],
        enums: &[],
        round_trip: round_trip::<models::ExtensionCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ExtensionCollection),
    },
    Sample {
        model: "UserConnectionCredentials",
        json: "{\"accessToken\":\"text\"}",
        optional_lists: &[],
        answered: &["accessToken"],
        enums: &[],
        round_trip: round_trip::<models::UserConnectionCredentials>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::UserConnectionCredentials),
    },
    Sample {
        model: "ApplicationDelegation",
        json: "{\"authenticationUrl\":\"text\"}",
        optional_lists: &[],
        answered: &["authenticationUrl"],
        enums: &[],
        round_trip: round_trip::<models::ApplicationDelegation>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ApplicationDelegation),
    },
    Sample {
        model: "PermissionedResourceCollection",
        json: "{\"resources\":[{\"permissions\":[{\"action\":\"CLAIM\",\"allow\":true}]}],\"pagination\":{\"next\":{\"cursor\":\"text\"}},\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"},\"next\":{\"href\":\"text\",\"rel\":\"text\"}}}",
        optional_lists: &["resources"],
        answered: &["resources", "pagination", "links"],
        enums: &[],
        round_trip: round_trip::<models::PermissionedResourceCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::PermissionedResourceCollection),
    },
    Sample {
        model: "PermissionedResource",
        json: "{\"permissions\":[{\"action\":\"CLAIM\",\"allow\":true}]}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::PermissionedResource>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::PermissionedResource),
    },
    Sample {
        model: "Resource",
        json: "{\"resourceUri\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::Resource>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::Resource),
    },
    Sample {
        model: "ResourcePermission",
        json: "{\"action\":\"CLAIM\",\"allow\":true}",
        optional_lists: &[],
        answered: &[],
        enums: &["action"],
        round_trip: round_trip::<models::ResourcePermission>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ResourcePermission),
    },
    Sample {
        model: "ResourceUsersCollection",
        json: "{\"users\":[{\"userId\":\"text\",\"roles\":[{\"roleId\":\"text\"}]}],\"pagination\":{\"next\":{\"cursor\":\"text\"}},\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"},\"next\":{\"href\":\"text\",\"rel\":\"text\"}}}",
        optional_lists: &["users"],
        answered: &["users", "pagination", "links"],
        enums: &[],
        round_trip: round_trip::<models::ResourceUsersCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ResourceUsersCollection),
    },
    Sample {
        model: "Tenant",
        json: "{\"tenantId\":\"text\",\"tenantLookupIdentifier\":\"text\",\"data\":{\"name\":\"text\"},\"connection\":{\"connectionId\":\"text\"},\"createdTime\":\"2026-01-02T03:04:05Z\",\"domains\":[{\"domain\":\"text\"}],\"tokenConfiguration\":{\"accessTokenDuration\":\"text\",\"sessionDuration\":\"text\"}}",
        optional_lists: &["domains"],
        answered: &["createdTime"],
        enums: &[],
        round_trip: round_trip::<models::Tenant>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::Tenant),
    },
    Sample {
        model: "TenantCollection",
        json: "{\"tenants\":[{\"tenantId\":\"text\",\"tenantLookupIdentifier\":\"text\",\"data\":{\"name\":\"text\"},\"connection\":{\"connectionId\":\"text\"},\"createdTime\":\"2026-01-02T03:04:05Z\",\"domains\":[{\"domain\":\"text\"}],\"tokenConfiguration\":{\"accessTokenDuration\":\"text\",\"sessionDuration\":\"text\"}}],\"pagination\":{\"next\":{\"cursor\":\"text\"}}}",
        optional_lists: &["tenants"],
        answered: &["tenants", "pagination"],
        enums: &[],
        round_trip: round_trip::<models::TenantCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::TenantCollection),
    },
    Sample {
        model: "User",
        json: "{\"userId\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::User>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::User),
    },
    Sample {
        model: "UserIdentity",
        json: "{\"userId\":\"text\",\"name\":\"text\",\"picture\":\"text\",\"email\":\"text\",\"tokenConfiguration\":{\"defaultClaims\":{\"defaultAccessTokenClaims\":{\"key\":\"value\"},\"defaultUserIdentityClaims\":{\"key\":\"value\"}}},\"linkedIdentities\":[{\"connection\":{\"connectionId\":\"text\",\"userId\":\"text\"}}]}",
        optional_lists: &["linkedIdentities"],
        answered: &["name", "picture", "email", "tokenConfiguration", "linkedIdentities"],
        enums: &[],
        round_trip: round_trip::<models::UserIdentity>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::UserIdentity),
    },
    Sample {
        model: "UserIdentityCollection",
        json: "{\"users\":[{\"userId\":\"text\",\"name\":\"text\",\"picture\":\"text\",\"email\":\"text\",\"tokenConfiguration\":{\"defaultClaims\":{\"defaultAccessTokenClaims\":{\"key\":\"value\"},\"defaultUserIdentityClaims\":{\"key\":\"value\"}}},\"linkedIdentities\":[{\"connection\":{\"connectionId\":\"text\",\"userId\":\"text\"}}]}],\"pagination\":{\"next\":{\"cursor\":\"text\"}},\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"},\"next\":{\"href\":\"text\",\"rel\":\"text\"}}}",
        optional_lists: &["users"],
        answered: &["users", "pagination", "links"],
        enums: &[],
        round_trip: round_trip::<models::UserIdentityCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::UserIdentityCollection),
    },
    Sample {
        model: "Group",
        json: "{\"groupId\":\"text\",\"name\":\"text\",\"lastUpdated\":\"2026-01-02T03:04:05Z\",\"users\":[{\"userId\":\"text\"}],\"admins\":[{\"userId\":\"text\"}],\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"}},\"tags\":{\"key\":\"value\"}}",
        optional_lists: &["tags"],
        answered: &["lastUpdated", "links"],
        enums: &[],
        round_trip: round_trip::<models::Group>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::Group),
    },
    Sample {
        model: "LinkedGroup",
        json: "{\"groupId\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::LinkedGroup>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::LinkedGroup),
    },
    Sample {
        model: "GroupCollection",
        json: "{\"groups\":[{\"groupId\":\"text\",\"name\":\"text\",\"lastUpdated\":\"2026-01-02T03:04:05Z\",\"users\":[{\"userId\":\"text\"}],\"admins\":[{\"userId\":\"text\"}],\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"}},\"tags\":{\"key\":\"value\"}}],\"pagination\":{\"next\":{\"cursor\":\"text\"}},\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"},\"next\":{\"href\":\"text\",\"rel\":\"text\"}}}",
        optional_lists: &["groups"],
        answered: &["groups", "pagination", "links"],
        enums: &[],
        round_trip: round_trip::<models::GroupCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::GroupCollection),
    },
    Sample {
        model: "AccessRecord",
        json: "{\"recordId\":\"text\",\"name\":\"text\",\"description\":\"text\",\"capacity\":0.5,\"lastUpdated\":\"2026-01-02T03:04:05Z\",\"status\":\"ACTIVE\",\"account\":{\"accountId\":\"text\"},\"users\":[{\"userId\":\"text\"}],\"admins\":[{\"userId\":\"text\"}],\"groups\":[{\"groupId\":\"text\"}],\"statements\":[{\"roles\":[\"text\"],\"resources\":[{\"resourceUri\":\"text\"}],\"users\":[{\"userId\":\"text\"}],\"groups\":[{\"groupId\":\"text\"}]}],\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"}},\"tags\":{\"key\":\"value\"}}",
        optional_lists: &["users", "admins", "groups", "tags"],
        answered: &["capacity", "lastUpdated", "status", "account", "links"],
        enums: &["status"],
        round_trip: round_trip::<models::AccessRecord>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::AccessRecord),
    },
    Sample {
        model: "AccessRequest",
        json: "{\"requestId\":\"text\",\"lastUpdated\":\"2026-01-02T03:04:05Z\",\"status\":\"OPEN\",\"access\":{\"users\":[{\"userId\":\"text\"}],\"statements\":[{\"roles\":[\"text\"],\"resources\":[{\"resourceUri\":\"text\"}],\"users\":[{\"userId\":\"text\"}],\"groups\":[{\"groupId\":\"text\"}]}]},\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"}},\"tags\":{\"key\":\"value\"}}",
        optional_lists: &["tags"],
        answered: &["requestId", "lastUpdated", "status", "links"],
        enums: &["status"],
        round_trip: round_trip::<models::AccessRequest>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::AccessRequest),
    },
    Sample {
        model: "AccessRequestResponse",
        json: "{\"status\":\"APPROVED\"}",
        optional_lists: &[],
        answered: &[],
        enums: &["status"],
        round_trip: round_trip::<models::AccessRequestResponse>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::AccessRequestResponse),
    },
    Sample {
        model: "AccessTemplate",
        json: "{\"users\":[{\"userId\":\"text\"}],\"statements\":[{\"roles\":[\"text\"],\"resources\":[{\"resourceUri\":\"text\"}],\"users\":[{\"userId\":\"text\"}],\"groups\":[{\"groupId\":\"text\"}]}]}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::AccessTemplate>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::AccessTemplate),
    },
    Sample {
        model: "Invite",
        json: "{\"inviteId\":\"text\",\"statements\":[{\"roles\":[\"text\"],\"resources\":[{\"resourceUri\":\"text\"}]}],\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"}},\"tenantId\":\"text\",\"defaultLoginTenantId\":\"text\",\"conflictResolutionStrategy\":\"GENERATE_NEW_RECORD\",\"authenticationRequestUri\":\"text\",\"linkedUserId\":\"text\",\"expiryTime\":\"text\"}",
        optional_lists: &[],
        answered: &["inviteId", "links", "authenticationRequestUri"],
        enums: &["conflictResolutionStrategy"],
        round_trip: round_trip::<models::Invite>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::Invite),
    },
    Sample {
        model: "Statement",
        json: "{\"roles\":[\"text\"],\"resources\":[{\"resourceUri\":\"text\"}],\"users\":[{\"userId\":\"text\"}],\"groups\":[{\"groupId\":\"text\"}]}",
        optional_lists: &["users", "groups"],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::Statement>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::Statement),
    },
    Sample {
        model: "AccessRecordCollection",
        json: "{\"records\":[{\"recordId\":\"text\",\"name\":\"text\",\"description\":\"text\",\"capacity\":0.5,\"lastUpdated\":\"2026-01-02T03:04:05Z\",\"status\":\"ACTIVE\",\"account\":{\"accountId\":\"text\"},\"users\":[{\"userId\":\"text\"}],\"admins\":[{\"userId\":\"text\"}],\"groups\":[{\"groupId\":\"text\"}],\"statements\":[{\"roles\":[\"text\"],\"resources\":[{\"resourceUri\":\"text\"}],\"users\":[{\"userId\":\"text\"}],\"groups\":[{\"groupId\":\"text\"}]}],\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"}},\"tags\":{\"key\":\"value\"}}],\"pagination\":{\"next\":{\"cursor\":\"text\"}},\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"},\"next\":{\"href\":\"text\",\"rel\":\"text\"}}}",
        optional_lists: &["records"],
        answered: &["records", "pagination", "links"],
        enums: &[],
        round_trip: round_trip::<models::AccessRecordCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::AccessRecordCollection),
    },
    Sample {
        model: "AccessRequestCollection",
        json: "{\"records\":[{\"requestId\":\"text\",\"lastUpdated\":\"2026-01-02T03:04:05Z\",\"status\":\"OPEN\",\"access\":{\"users\":[{\"userId\":\"text\"}],\"statements\":[{\"roles\":[\"text\"],\"resources\":[{\"resourceUri\":\"text\"}],\"users\":[{\"userId\":\"text\"}],\"groups\":[{\"groupId\":\"text\"}]}]},\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"}},\"tags\":{\"key\":\"value\"}}],\"pagination\":{\"next\":{\"cursor\":\"text\"}},\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"},\"next\":{\"href\":\"text\",\"rel\":\"text\"}}}",
        optional_lists: &["records"],
        answered: &["records", "pagination", "links"],
        enums: &[],
        round_trip: round_trip::<models::AccessRequestCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::AccessRequestCollection),
    },
    Sample {
        model: "RoleCollection",
        json: "{\"roles\":[{\"roleId\":\"text\",\"name\":\"text\",\"description\":\"text\",\"permissions\":[{\"action\":\"text\",\"allow\":true,\"grant\":true,\"delegate\":true}]}],\"pagination\":{\"next\":{\"cursor\":\"text\"}},\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"},\"next\":{\"href\":\"text\",\"rel\":\"text\"}}}",
        optional_lists: &["roles"],
        answered: &["roles", "pagination", "links"],
        enums: &[],
        round_trip: round_trip::<models::RoleCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::RoleCollection),
    },
    Sample {
        model: "Role",
        json: "{\"roleId\":\"text\",\"name\":\"text\",\"description\":\"text\",\"permissions\":[{\"action\":\"text\",\"allow\":true,\"grant\":true,\"delegate\":true}]}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::Role>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::Role),
    },
    Sample {
        model: "ClaimRequest",
        json: "{\"collectionResource\":\"text\",\"resourceId\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::ClaimRequest>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ClaimRequest),
    },
    Sample {
        model: "ClientCollection",
        json: "{\"clients\":[{\"clientId\":\"text\",\"createdTime\":\"2026-01-02T03:04:05Z\",\"name\":\"text\",\"options\":{\"grantUserPermissionsAccess\":true,\"grantTokenGeneration\":true},\"verificationKeys\":[{\"keyId\":\"text\",\"clientId\":\"text\",\"generationDate\":\"2026-01-02T03:04:05Z\",\"clientSecret\":\"text\",\"accessKey\":\"text\",\"publicKey\":\"text\"}],\"tags\":{\"key\":\"value\"},\"rateLimits\":[{\"duration\":\"PT0S\",\"quota\":100}]}],\"pagination\":{\"next\":{\"cursor\":\"text\"}},\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"},\"next\":{\"href\":\"text\",\"rel\":\"text\"}}}",
        optional_lists: &["clients"],
        answered: &["clients", "pagination", "links"],
        enums: &[],
        round_trip: round_trip::<models::ClientCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ClientCollection),
    },
    Sample {
        model: "Client",
        json: "{\"clientId\":\"text\",\"createdTime\":\"2026-01-02T03:04:05Z\",\"name\":\"text\",\"options\":{\"grantUserPermissionsAccess\":true,\"grantTokenGeneration\":true},\"verificationKeys\":[{\"keyId\":\"text\",\"clientId\":\"text\",\"generationDate\":\"2026-01-02T03:04:05Z\",\"clientSecret\":\"text\",\"accessKey\":\"text\",\"publicKey\":\"text\"}],\"tags\":{\"key\":\"value\"},\"rateLimits\":[{\"duration\":\"PT0S\",\"quota\":100}]}",
        optional_lists: &["verificationKeys", "tags", "rateLimits"],
        answered: &["clientId", "createdTime", "verificationKeys"],
        enums: &[],
        round_trip: round_trip::<models::Client>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::Client),
    },
    Sample {
        model: "ExtensionClient",
        json: "{\"clientId\":\"text\",\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"}},\"rateLimits\":[{\"duration\":\"PT0S\",\"quota\":100}]}",
        optional_lists: &["rateLimits"],
        answered: &["clientId", "links"],
        enums: &[],
        round_trip: round_trip::<models::ExtensionClient>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ExtensionClient),
    },
    Sample {
        model: "ExtensionApplication",
        json: "{\"applicationId\":\"text\",\"redirectUrls\":[\"text\"],\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"}}}",
        optional_lists: &["redirectUrls"],
        answered: &["applicationId", "links"],
        enums: &[],
        round_trip: round_trip::<models::ExtensionApplication>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ExtensionApplication),
    },
    Sample {
        model: "ClientAccessKey",
        json: "{\"keyId\":\"text\",\"clientId\":\"text\",\"generationDate\":\"2026-01-02T03:04:05Z\",\"clientSecret\":\"text\",\"accessKey\":\"text\",\"publicKey\":\"text\"}",
        optional_lists: &[],
        answered: &["keyId", "clientId", "generationDate", "clientSecret", "accessKey"],
        enums: &[],
        round_trip: round_trip::<models::ClientAccessKey>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ClientAccessKey),
    },
    Sample {
        model: "IdentityRequest",
        json: "{\"jwt\":\"text\",\"issuer\":\"text\",\"preferredAudience\":\"text\",\"userIdExpression\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::IdentityRequest>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::IdentityRequest),
    },
    Sample {
        model: "IdentityCollection",
        json: "{\"identities\":[{\"issuer\":\"text\",\"audience\":\"text\",\"userIdExpression\":\"text\"}]}",
        optional_lists: &["identities"],
        answered: &["identities"],
        enums: &[],
        round_trip: round_trip::<models::IdentityCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::IdentityCollection),
    },
    Sample {
        model: "Identity",
        json: "{\"issuer\":\"text\",\"audience\":\"text\",\"userIdExpression\":\"text\"}",
        optional_lists: &[],
        answered: &["issuer", "audience", "userIdExpression"],
        enums: &[],
        round_trip: round_trip::<models::Identity>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::Identity),
    },
    Sample {
        model: "Pagination",
        json: "{\"next\":{\"cursor\":\"text\"}}",
        optional_lists: &[],
        answered: &["next"],
        enums: &[],
        round_trip: round_trip::<models::Pagination>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::Pagination),
    },
    Sample {
        model: "Links",
        json: "{\"self\":{\"href\":\"text\",\"rel\":\"text\"}}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::Links>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::Links),
    },
    Sample {
        model: "CollectionLinks",
        json: "{\"self\":{\"href\":\"text\",\"rel\":\"text\"},\"next\":{\"href\":\"text\",\"rel\":\"text\"}}",
        optional_lists: &[],
        answered: &["self", "next"],
        enums: &[],
        round_trip: round_trip::<models::CollectionLinks>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::CollectionLinks),
    },
    Sample {
        model: "Link",
        json: "{\"href\":\"text\",\"rel\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::Link>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::Link),
    },
    Sample {
        model: "MetadataObject",
        json: "{\"account\":{\"accountId\":\"text\"},\"userId\":\"text\",\"metadata\":{\"key\":\"value\"}}",
        optional_lists: &[],
        answered: &["account"],
        enums: &[],
        round_trip: round_trip::<models::MetadataObject>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::MetadataObject),
    },
    Sample {
        model: "PermissionObject",
        json: "{\"action\":\"text\",\"allow\":true,\"grant\":true,\"delegate\":true}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::PermissionObject>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::PermissionObject),
    },
    Sample {
        model: "PermissionCollection",
        json: "{\"account\":{\"accountId\":\"text\"},\"userId\":\"text\",\"permissions\":[{\"action\":\"text\",\"allow\":true,\"grant\":true,\"delegate\":true}]}",
        optional_lists: &["permissions"],
        answered: &["account", "permissions"],
        enums: &[],
        round_trip: round_trip::<models::PermissionCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::PermissionCollection),
    },
    Sample {
        model: "UserRoleCollection",
        json: "{\"userId\":\"text\",\"roles\":[{\"roleId\":\"text\"}]}",
        optional_lists: &["roles"],
        answered: &["roles"],
        enums: &[],
        round_trip: round_trip::<models::UserRoleCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::UserRoleCollection),
    },
    Sample {
        model: "UserRole",
        json: "{\"roleId\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::UserRole>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::UserRole),
    },
    Sample {
        model: "UserResourcesCollection",
        json: "{\"account\":{\"accountId\":\"text\"},\"userId\":\"text\",\"resources\":[{\"resourceUri\":\"text\"}],\"pagination\":{\"next\":{\"cursor\":\"text\"}},\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"},\"next\":{\"href\":\"text\",\"rel\":\"text\"}}}",
        optional_lists: &["resources"],
        answered: &["account", "resources", "pagination", "links"],
        enums: &[],
        round_trip: round_trip::<models::UserResourcesCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::UserResourcesCollection),
    },
    Sample {
        model: "UserToken",
        json: "{\"account\":{\"accountId\":\"text\"},\"userId\":\"text\",\"tokenId\":\"text\",\"token\":\"text\",\"links\":{\"self\":{\"href\":\"text\",\"rel\":\"text\"}}}",
        optional_lists: &[],
        answered: &["links"],
        enums: &[],
        round_trip: round_trip::<models::UserToken>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::UserToken),
    },
    Sample {
        model: "TokenRequest",
        json: "{\"statements\":[{\"roles\":[\"text\"],\"resources\":[{\"resourceUri\":\"text\"}],\"users\":[{\"userId\":\"text\"}],\"groups\":[{\"groupId\":\"text\"}]}],\"expires\":\"2026-01-02T03:04:05Z\",\"expiryTime\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::TokenRequest>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::TokenRequest),
    },
    Sample {
        model: "OAuthTokenRequest",
        json: "{\"client_id\":\"text\",\"client_secret\":\"text\",\"code_verifier\":\"text\",\"grant_type\":\"client_credentials\",\"username\":\"text\",\"password\":\"text\",\"type\":\"signup\"}",
        optional_lists: &[],
        answered: &[],
        enums: &["grant_type", "type"],
        round_trip: round_trip::<models::OAuthTokenRequest>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::OAuthTokenRequest),
    },
    Sample {
        model: "OAuthTokenResponse",
        json: "{\"access_token\":\"text\"}",
        optional_lists: &[],
        answered: &["access_token"],
        enums: &[],
        round_trip: round_trip::<models::OAuthTokenResponse>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::OAuthTokenResponse),
    },
    Sample {
        model: "OAuthAuthorizeResponse",
        json: "{\"code\":\"text\"}",
        optional_lists: &[],
        answered: &["code"],
        enums: &[],
        round_trip: round_trip::<models::OAuthAuthorizeResponse>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::OAuthAuthorizeResponse),
    },
    Sample {
        model: "AccountLinks",
        json: "{\"self\":{\"href\":\"text\",\"rel\":\"text\"}}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::AccountLinks>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::AccountLinks),
    },
    Sample {
        model: "ConnectionData",
        json: "{\"tenantId\":\"text\",\"name\":\"text\",\"supportedContentType\":\"application/json\",\"developerAccountId\":\"text\",\"oidcUserEndpointUrl\":\"text\",\"userIdExpression\":\"text\",\"trustIdentityUserId\":true}",
        optional_lists: &[],
        answered: &[],
        enums: &["supportedContentType"],
        round_trip: round_trip::<models::ConnectionData>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ConnectionData),
    },
    Sample {
        model: "ConnectionDefaultConnectionProperties",
        json: "{\"scope\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::ConnectionDefaultConnectionProperties>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ConnectionDefaultConnectionProperties),
    },
    Sample {
        model: "TenantData",
        json: "{\"name\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::TenantData>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::TenantData),
    },
    Sample {
        model: "TenantConnection",
        json: "{\"connectionId\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::TenantConnection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::TenantConnection),
    },
    Sample {
        model: "AccessRecordAccount",
        json: "{\"accountId\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::AccessRecordAccount>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::AccessRecordAccount),
    },
    Sample {
        model: "ClientOptions",
        json: "{\"grantUserPermissionsAccess\":true,\"grantTokenGeneration\":true}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::ClientOptions>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ClientOptions),
    },
    Sample {
        model: "PaginationNext",
        json: "{\"cursor\":\"text\"}",
        optional_lists: &[],
        answered: &["cursor"],
        enums: &[],
        round_trip: round_trip::<models::PaginationNext>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::PaginationNext),
    },
    Sample {
        model: "MetadataObjectAccount",
        json: "{\"accountId\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::MetadataObjectAccount>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::MetadataObjectAccount),
    },
    Sample {
        model: "PermissionCollectionAccount",
        json: "{\"accountId\":\"text\"}",
        optional_lists: &[],
        answered: &["accountId"],
        enums: &[],
        round_trip: round_trip::<models::PermissionCollectionAccount>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::PermissionCollectionAccount),
    },
    Sample {
        model: "Application",
        json: "{\"applicationId\":\"text\",\"name\":\"text\",\"redirectUrls\":[\"text\"],\"audiences\":[\"text\"],\"sessionType\":\"SINGLE_SESSION\",\"enableAccessToToken\":true,\"createdTime\":\"2026-01-02T03:04:05Z\",\"lastUpdated\":\"2026-01-02T03:04:05Z\",\"isActiveApplication\":true,\"tags\":{\"key\":\"value\"}}",
        optional_lists: &["redirectUrls", "audiences", "tags"],
        answered: &[
            "name",
            "redirectUrls",
            "audiences",
            "sessionType",
            "enableAccessToToken",
            "createdTime",
            "lastUpdated",
            "isActiveApplication",
            "tags",
        ],
        enums: &["sessionType"],
        round_trip: round_trip::<models::Application>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::Application),
    },
    Sample {
        model: "ApplicationCollection",
        json: "{\"applications\":[{\"applicationId\":\"text\",\"name\":\"text\",\"redirectUrls\":[\"text\"],\"audiences\":[\"text\"],\"sessionType\":\"SINGLE_SESSION\",\"enableAccessToToken\":true,\"createdTime\":\"2026-01-02T03:04:05Z\",\"lastUpdated\":\"2026-01-02T03:04:05Z\",\"isActiveApplication\":true,\"tags\":{\"key\":\"value\"}}],\"pagination\":{\"next\":{\"cursor\":\"text\"}}}",
        optional_lists: &["applications"],
        answered: &["applications", "pagination"],
        enums: &[],
        round_trip: round_trip::<models::ApplicationCollection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ApplicationCollection),
    },
    Sample {
        model: "ApplicationRequest",
        json: "{\"name\":\"text\",\"redirectUrls\":[\"text\"],\"audiences\":[\"text\"],\"sessionType\":\"SINGLE_SESSION\",\"tags\":{\"key\":\"value\"}}",
        optional_lists: &["audiences", "tags"],
        answered: &[],
        enums: &["sessionType"],
        round_trip: round_trip::<models::ApplicationRequest>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ApplicationRequest),
    },
    Sample {
        model: "AuthenticationTokenConfiguration",
        json: "{\"accessTokenDuration\":\"text\",\"sessionDuration\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::AuthenticationTokenConfiguration>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::AuthenticationTokenConfiguration),
    },
    Sample {
        model: "ClientRateLimit",
        json: "{\"duration\":\"PT0S\",\"quota\":100}",
        optional_lists: &[],
        answered: &[],
        enums: &["duration"],
        round_trip: round_trip::<models::ClientRateLimit>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ClientRateLimit),
    },
    Sample {
        model: "ConnectionConditions",
        json: "{\"requireBusinessAccount\":true,\"authenticationLeewayDuration\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::ConnectionConditions>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ConnectionConditions),
    },
    Sample {
        model: "ConnectionLinkingConfiguration",
        json: "{\"type\":\"null\"}",
        optional_lists: &[],
        answered: &[],
        enums: &["type"],
        round_trip: round_trip::<models::ConnectionLinkingConfiguration>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ConnectionLinkingConfiguration),
    },
    Sample {
        model: "ConnectionUserDataConfiguration",
        json: "{\"location\":\"ZAF\"}",
        optional_lists: &[],
        answered: &[],
        enums: &["location"],
        round_trip: round_trip::<models::ConnectionUserDataConfiguration>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ConnectionUserDataConfiguration),
    },
    Sample {
        model: "InviteStatement",
        json: "{\"roles\":[\"text\"],\"resources\":[{\"resourceUri\":\"text\"}]}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::InviteStatement>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::InviteStatement),
    },
    Sample {
        model: "TenantDomain",
        json: "{\"domain\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::TenantDomain>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::TenantDomain),
    },
    Sample {
        model: "TenantUser",
        json: "{\"userId\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::TenantUser>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::TenantUser),
    },
    Sample {
        model: "AuthenticationRequest",
        json: "{\"authenticationUrl\":\"text\"}",
        optional_lists: &[],
        answered: &["authenticationUrl"],
        enums: &[],
        round_trip: round_trip::<models::AuthenticationRequest>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::AuthenticationRequest),
    },
    Sample {
        model: "ConnectionTenantConfiguration",
        json: "{\"assignmentType\":\"DEFAULT\"}",
        optional_lists: &[],
        answered: &[],
        enums: &["assignmentType"],
        round_trip: round_trip::<models::ConnectionTenantConfiguration>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ConnectionTenantConfiguration),
    },
    Sample {
        model: "ResponseError",
        json: "{\"title\":\"text\",\"errorCode\":\"text\",\"errorId\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::ResponseError>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::ResponseError),
    },
    Sample {
        model: "UpdateAuthenticationRequestParameters",
        json: "{\"connectionId\":\"text\",\"tenantLookupIdentifier\":\"text\",\"hint\":\"text\",\"inviteId\":\"text\",\"connectionProperties\":{\"scope\":\"text\"},\"antiAbuseHash\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::UpdateAuthenticationRequestParameters>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::UpdateAuthenticationRequestParameters),
    },
    Sample {
        model: "UserTokenConfiguration",
        json: "{\"defaultClaims\":{\"defaultAccessTokenClaims\":{\"key\":\"value\"},\"defaultUserIdentityClaims\":{\"key\":\"value\"}}}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::UserTokenConfiguration>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::UserTokenConfiguration),
    },
    Sample {
        model: "DefaultClaims",
        json: "{\"defaultAccessTokenClaims\":{\"key\":\"value\"},\"defaultUserIdentityClaims\":{\"key\":\"value\"}}",
        optional_lists: &["defaultAccessTokenClaims", "defaultUserIdentityClaims"],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::DefaultClaims>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::DefaultClaims),
    },
    Sample {
        model: "LinkedIdentity",
        json: "{\"connection\":{\"connectionId\":\"text\",\"userId\":\"text\"}}",
        optional_lists: &[],
        answered: &["connection"],
        enums: &[],
        round_trip: round_trip::<models::LinkedIdentity>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::LinkedIdentity),
    },
    Sample {
        model: "LinkedIdentityConnection",
        json: "{\"connectionId\":\"text\",\"userId\":\"text\"}",
        optional_lists: &[],
        answered: &[],
        enums: &[],
        round_trip: round_trip::<models::LinkedIdentityConnection>,
        #[cfg(feature = "schemars")]
        schema: || schemars::schema_for!(models::LinkedIdentityConnection),
    },
];

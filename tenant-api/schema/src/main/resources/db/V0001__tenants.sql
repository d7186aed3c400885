-- Tenants, and who may act in them. Everything in this schema belongs to berth_owner, whom nobody signs in as.
-- Two walls stand around a tenant: the application's checks, and forced row-level security on every table.
-- berth_api sees the rows of the tenant that its transaction has set; no tenant set means no rows.

ALTER DEFAULT PRIVILEGES FOR ROLE berth_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
GRANT USAGE ON SCHEMA berth TO berth_api, berth_gateway;

CREATE TABLE tenants (
    id         uuid PRIMARY KEY,
    name       text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 63),
    -- Counts every change of the tenant: gap-free, in the order of commits, because it is taken under this row's lock.
    version    bigint NOT NULL DEFAULT 0,
    -- Outbox rows up to here are gone: who asks for older changes must list again.
    compacted  bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 20);
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON tenants TO berth_owner USING (true) WITH CHECK (true);
CREATE POLICY of_tenant ON tenants TO berth_api
    USING (id = NULLIF(current_setting('berth.tenant', true), '')::uuid)
    WITH CHECK (id = NULLIF(current_setting('berth.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON tenants TO berth_api;

CREATE TABLE users (
    tenant_id       uuid NOT NULL REFERENCES tenants (id),
    id              uuid NOT NULL,
    -- Unique over all tenants: a person signs in with it before the tenant is known.
    email           text NOT NULL UNIQUE CHECK (email = lower(email) AND length(email) <= 254),
    name            text NOT NULL,
    role            text NOT NULL CHECK (role IN ('admin', 'manager', 'researcher')),
    password_hash   text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    last_sign_in_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);
ALTER TABLE users ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON users TO berth_owner USING (true) WITH CHECK (true);
CREATE POLICY of_tenant ON users TO berth_api
    USING (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON users TO berth_api;

-- Secrets are 256 random bits and kept only as SHA-256.
CREATE TABLE sessions (
    tenant_id    uuid NOT NULL,
    id           uuid NOT NULL,
    user_id      uuid NOT NULL,
    token_sha256 bytea NOT NULL UNIQUE,
    -- Whether a one-time link made it: such a session may set a password without knowing the old one.
    one_time     boolean NOT NULL DEFAULT false,
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON sessions TO berth_owner USING (true) WITH CHECK (true);
CREATE POLICY of_tenant ON sessions TO berth_api
    USING (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO berth_api;
CREATE INDEX sessions_of_user ON sessions (tenant_id, user_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE tokens (
    tenant_id    uuid NOT NULL,
    id           uuid NOT NULL,
    user_id      uuid NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('personal', 'one-time')),
    name         text NOT NULL,
    token_sha256 bytea NOT NULL UNIQUE,
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE tokens ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_owner ON tokens TO berth_owner USING (true) WITH CHECK (true);
CREATE POLICY of_tenant ON tokens TO berth_api
    USING (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = NULLIF(current_setting('berth.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON tokens TO berth_api;
CREATE INDEX tokens_of_user ON tokens (tenant_id, user_id, id);
CREATE INDEX tokens_by_end ON tokens (expires_at);

-- What must be found before the tenant is known. Each function answers for one exact secret or address and nothing else.

CREATE FUNCTION find_login(p_email text)
    RETURNS TABLE (tenant_id uuid, user_id uuid, password_hash text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
    SELECT u.tenant_id, u.id, u.password_hash FROM users u WHERE u.email = lower(p_email)
$$;

CREATE FUNCTION find_session(p_sha256 bytea)
    RETURNS TABLE (tenant_id uuid, tenant_name text, user_id uuid, email text, name text, role text, id uuid, one_time boolean, expires_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
    SELECT s.tenant_id, t.name, u.id, u.email, u.name, u.role, s.id, s.one_time, s.expires_at
    FROM sessions s
    JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
    JOIN tenants t ON t.id = s.tenant_id
    WHERE s.token_sha256 = p_sha256
$$;

CREATE FUNCTION find_token(p_sha256 bytea)
    RETURNS TABLE (tenant_id uuid, tenant_name text, user_id uuid, email text, name text, role text, id uuid, one_time boolean, expires_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
    SELECT k.tenant_id, t.name, u.id, u.email, u.name, u.role, k.id, false, k.expires_at
    FROM tokens k
    JOIN users u ON u.tenant_id = k.tenant_id AND u.id = k.user_id
    JOIN tenants t ON t.id = k.tenant_id
    WHERE k.token_sha256 = p_sha256 AND k.kind = 'personal'
$$;

-- Spends a one-time link: of two who come with it, one gets the row.
CREATE FUNCTION spend_one_time(p_sha256 bytea)
    RETURNS TABLE (tenant_id uuid, user_id uuid, expires_at timestamptz)
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
    DELETE FROM tokens k WHERE k.token_sha256 = p_sha256 AND k.kind = 'one-time'
    RETURNING k.tenant_id, k.user_id, k.expires_at
$$;

CREATE FUNCTION find_tenant(p_name text) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
    SELECT id FROM tenants WHERE name = p_name
$$;

CREATE FUNCTION installation_is_empty() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = berth, pg_temp AS $$
    SELECT NOT EXISTS (SELECT 1 FROM users)
$$;

GRANT EXECUTE ON FUNCTION find_login(text), find_session(bytea), find_token(bytea), spend_one_time(bytea),
    find_tenant(text), installation_is_empty() TO berth_api;

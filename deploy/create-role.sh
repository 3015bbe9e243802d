#!/bin/sh
# Makes the role and the database of OpenHouse on a new PostgreSQL: no superuser, and no way past row-level security.
set -eu
psql --no-psqlrc --set ON_ERROR_STOP=1 --set password="$DATABASE_PASSWORD" \
  --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
CREATE ROLE openhouse LOGIN NOSUPERUSER NOCREATEDB CREATEROLE NOBYPASSRLS PASSWORD :'password';
-- Statements here are short: compiling them would take longer than running them.
ALTER ROLE openhouse SET jit = off;
CREATE DATABASE openhouse OWNER openhouse ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' TEMPLATE template0;
SQL

#!/bin/sh
# Runs once, when PostgreSQL makes its data directory: the database, the role that migrates it, and the one that serves.
set -eu
psql -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d postgres \
  -v owner="$(cat /run/secrets/owner-password)" -v serving="$(cat /run/secrets/database-password)" <<'SQL'
create role taskward_owner login createrole password :'owner';
create role taskward login password :'serving';
create database taskward owner taskward_owner;
SQL

#!/bin/sh
# Makes the passwords of a new installation, in deploy/compose/secrets, which git ignores. What is there stays.
set -eu
cd "$(dirname "$0")"
# The containers' users, who are not this one, read the files; nobody else may enter the folder.
mkdir -p secrets
chmod 711 secrets

for name in postgres-password owner-password database-password grafana-password; do
  [ -s "secrets/$name" ] || od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"secrets/$name"
done
# PgBouncer signs in at PostgreSQL with it, and checks who signs in at PgBouncer.
printf '"taskward" "%s"\n' "$(cat secrets/database-password)" >secrets/pgbouncer-users
chmod 644 secrets/*
echo 'The passwords are in deploy/compose/secrets. Keep a copy in a safe place: the database is made with them.'

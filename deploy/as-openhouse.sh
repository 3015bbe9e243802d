#!/bin/sh
# Runs one of the commands as the unit runs the server: its account, settings and folder. deploy/as-openhouse.sh doctor
# INSTANCE=3002 takes the instance of that port; 3001 otherwise.
set -eu
cd "$(dirname "$0")/.."
instance="${INSTANCE:-3001}"
exec runuser --user openhouse -- env PATH="/usr/local/bin:$PATH" HOST=127.0.0.1 PORT="$instance" \
  DATA_DIR="/var/lib/openhouse/$instance" bun --env-file="${OPENHOUSE_ENV:-/etc/openhouse/env}" run "$@"

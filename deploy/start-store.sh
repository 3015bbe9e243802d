#!/bin/sh
# Starts the file store with one pair of keys and its bucket; without keys of its own it would serve anybody.
set -eu
mkdir -p /etc/seaweedfs
cat > /etc/seaweedfs/s3.json <<JSON
{"identities":[{"name":"openhouse","credentials":[{"accessKey":"$STORAGE_S3_ACCESS_KEY_ID","secretKey":"$STORAGE_S3_SECRET_ACCESS_KEY"}],"actions":["Read:openhouse","Write:openhouse","List:openhouse"]}]}
JSON
(until echo 's3.bucket.create -name openhouse' | weed shell -master localhost:9333 >/dev/null 2>&1; do sleep 1; done) &
exec weed "$@"

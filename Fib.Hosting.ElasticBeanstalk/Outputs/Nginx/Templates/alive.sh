#!/usr/bin/env bash
# Exit code 0 while nginx answers. Needs only the shell.
exec 3<>/dev/tcp/127.0.0.1/@port@ || exit 1
printf 'GET @alive@ HTTP/1.0\r\n\r\n' >&3
read -r _ status _ <&3
[ "$status" = 200 ]

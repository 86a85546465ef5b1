#!/bin/sh
# Reads lines "+group PGID:SIGNAL", "-group PGID:SIGNAL", "+folder PATH" and "-folder PATH".
# At the end of input, which comes however the host ends, it stops those groups and removes those folders.
exec >/dev/null 2>&1
trap '' HUP INT TERM
groups=''
folders=''

without() {
    printf '%s\n' "$1" | grep -vxF -- "$2"
}

while read -r what value; do
    case $what in
        +group) groups="$groups
$value" ;;
        -group) groups=$(without "$groups" "$value") ;;
        +folder) folders="$folders
$value" ;;
        -folder) folders=$(without "$folders" "$value") ;;
    esac
done

for entry in $groups; do
    kill -s "${entry#*:}" -- "-${entry%:*}"
done
tries=0
while [ $tries -lt 50 ]; do
    alive=''
    for entry in $groups; do
        kill -s 0 -- "-${entry%:*}" && alive=yes
    done
    [ -n "$alive" ] || break
    sleep 0.1
    tries=$((tries + 1))
done
for entry in $groups; do
    kill -s KILL -- "-${entry%:*}"
done
printf '%s\n' "$folders" | while read -r folder; do
    [ -n "$folder" ] && rm -rf -- "$folder"
done

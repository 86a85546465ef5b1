# shellcheck shell=bash
# What Elastic Beanstalk takes as a source bundle of its Docker platform.

largest_bundle=$((512 * 1024 * 1024))

# check_bundle ZIP: ends with one line where it is none.
check_bundle() {
    local bundle=$1 files
    [ -f "$bundle" ] || wrong "there is no file $bundle; ./fib publish writes one."
    [ "$(stat -c %s "$bundle")" -le "$largest_bundle" ] || wrong "$bundle is larger than 512 MB, which Elastic Beanstalk refuses."
    files=$(unzip -Z1 "$bundle" 2>/dev/null) || wrong "$bundle is no zip."
    grep -qx 'docker-compose\.yml' <<<"$files" || wrong "$bundle has no docker-compose.yml at its top level."
    ! grep -qE '(^|/)\.env$' <<<"$files" || wrong "$bundle contains a .env: the platform would then write none from the environment properties."
}

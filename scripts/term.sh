# shellcheck shell=bash disable=SC2154
# ./fib term

# Runs the built program, which starts quickly; builds it only if it is older than its sources.
run_term() {
    local program=$root/artifacts/bin/Fib.Term/release/Fib.Term.dll
    if [ ! -f "$program" ] || [ -n "$(find Fib.Core tools/Fib.Term Directory.Build.props -newer "$program" -type f -print -quit)" ]; then
        need_sdk
        build tools/Fib.Term -c Release -o "$(dirname "$program")" >&2
        touch "$program"
    fi
    exec dotnet "$program" "$@"
}

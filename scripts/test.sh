# shellcheck shell=bash disable=SC2154,SC2034
# ./fib test

# What the tests can do without: where there can be no engine, those that need one are skipped.
need_browser_and_containers() {
    need_browser
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
        # Under systemd its package would start a server on port 80; there the tests of nginx alone are skipped.
        [ -d /run/systemd/system ] || need /usr/sbin/nginx nginx
        need_compose
        need debootstrap debootstrap
        need_engine || say "the tests that need containers are skipped"
    fi
}

# What the deploy scripts call, and what checks every script.
need_deploy_tools() {
    need aws awscli
    need curl curl
    need unzip unzip
    need shellcheck shellcheck
}

tests() {
    local filter=() coverage=()
    while [ $# -gt 0 ]; do
        case $1 in
            --fast) filter=(--filter 'Category!=Browser&Category!=Containers') ;;
            --coverage) coverage=(--settings "$root/Fib.Tests/coverage.runsettings" --collect 'XPlat Code Coverage') ;;
            *) wrong "test does not know '$1'." ;;
        esac
        shift
    done
    need_sdk
    choose_world
    need_stores
    need_deploy_tools
    [ ${#filter[@]} -gt 0 ] || need_browser_and_containers

    local projects=(Fib.Tests) results=$root/artifacts/test-results failed=0
    [ "$world" = false ] || projects+=(standins/tests/StandIns.Tests)
    rm -rf "$results"
    need_npm_packages
    build Fib.sln
    for project in "${projects[@]}"; do
        [ "$project" = Fib.Tests ] || coverage=()
        dotnet test "$project" -v quiet -nologo "${filter[@]}" "${coverage[@]}" --results-directory "$results" \
            --logger "trx;LogFileName=$(basename "$project").trx" --logger "console;verbosity=minimal" || failed=1
    done
    summarize "$results" "${#projects[@]}" || failed=1
    exit $failed
}

# What tests read from npm, installed once for each lock file. Those tests are skipped where it cannot be had.
need_npm_packages() {
    local folder=$root/Fib.Tests/npm
    cmp -s "$folder/package-lock.json" "$folder/node_modules/.installed" && return
    if (need npm npm nodejs) && (cd "$folder" && npm ci --ignore-scripts --silent --fetch-retries=1 --fetch-timeout=30000 >/dev/null); then
        cp "$folder/package-lock.json" "$folder/node_modules/.installed"
    else
        say "npm cannot install its packages: the tests that read them are skipped"
    fi
}

# The sum of all result files; fails where a project left none.
summarize() {
    local passed=0 failed=0 skipped=0 files=0 counters total
    for file in "$1"/*.trx; do
        [ -e "$file" ] || continue
        counters=$(grep -o '<Counters [^>]*>' "$file")
        total=$(count total "$counters")
        passed=$((passed + $(count passed "$counters")))
        failed=$((failed + $(count failed "$counters")))
        skipped=$((skipped + total - $(count executed "$counters")))
        files=$((files + 1))
    done
    [ "$files" -eq "$2" ] || { say "$(($2 - files)) test projects gave no result"; failed=$((failed + $2 - files)); }
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

count() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$2"; }

# shellcheck shell=bash disable=SC2154,SC2034
# ./fib test

# shellcheck source=containers.sh
. scripts/containers.sh

results=$root/artifacts/test-results

run_test() {
    local filter=() coverage=() failed=0 clean=''
    while [ $# -gt 0 ]; do
        case $1 in
            --fast) filter=(--filter 'Category!=Browser&Category!=Containers') ;;
            --coverage) coverage=(--settings "$root/Fib.Tests/coverage.runsettings" --collect 'XPlat Code Coverage') ;;
            --clean-packages) clean=1; use_clean_packages ;;
            *) usage_error "'$1' is not an option of test." ;;
        esac
        shift
    done
    need_sdk
    need_stores
    need_deploy_tools
    need_npm_packages
    [ ${#filter[@]} -gt 0 ] || need_browser_and_containers

    rm -rf "$results"
    need_aspire
    # One compiler process for all builds of the run, whatever the environment says; it ends with the run.
    export UseSharedCompilation=true
    build Fib.sln
    # That build was analysed: the builds of the tests compile the same code.
    export RunAnalyzers=false
    # Most processes of the tests end before an optimisation by profile pays, or one of code that runs in their first seconds:
    # 4,096 ms (a hexadecimal number) instead of 100 pass without new code before anything is compiled again.
    export DOTNET_TieredPGO=0 DOTNET_TC_CallCountingDelayMs=1000
    dotnet test Fib.Tests --no-build -v quiet -nologo "${filter[@]}" "${coverage[@]}" --results-directory "$results" \
        --logger 'trx;LogFileName=Fib.Tests.trx' --logger 'console;verbosity=minimal' || failed=1
    dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || true
    [ -z "$clean" ] || forget_aspire
    summarize "$results/Fib.Tests.trx" "$failed"
}

# This run, and every ./fib that its tests start, restores into new folders: a package that was downloaded earlier would
# hide that the feeds no longer have it.
use_clean_packages() {
    local folder=$root/artifacts/clean-packages
    rm -rf "$folder"
    export NUGET_PACKAGES=$folder/packages NUGET_HTTP_CACHE_PATH=$folder/http-cache
}

# The programs that the deploy scripts call, and shellcheck.
need_deploy_tools() {
    local program
    need aws awscli
    # The tests call it more than 400 times, and pyenv's launcher of a program takes as long as the program itself.
    ! program=$(pyenv which aws 2>/dev/null) || PATH=$(dirname "$program"):$PATH
    need curl curl
    need shellcheck shellcheck
}

# Tests that need an engine are skipped if none can be started.
need_browser_and_containers() {
    need_browser
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
        # Under systemd the package would start a server on port 80, so the tests that need a local nginx are skipped.
        [ -d /run/systemd/system ] || need /usr/sbin/nginx nginx
        need_compose
        need debootstrap debootstrap
        need_engine || log "the tests that need containers are skipped"
    fi
}

# Installs the npm packages that tests read, once per lock file. If that fails, those tests are skipped.
need_npm_packages() {
    install_npm_packages "$root/Fib.Tests/npm" --ignore-scripts --fetch-retries=1 --fetch-timeout=30000 ||
        log "npm cannot install its packages: the tests that read them are skipped"
}

# summarize RESULTS FAILED: prints the last line of ./fib test. An aborted run without a failed test counts as one failure.
summarize() {
    local counters passed=0 failed=0 skipped=0
    if [ -f "$1" ] && counters=$(grep -o '<Counters [^>]*>' "$1"); then
        passed=$(count passed) failed=$(count failed)
        skipped=$(($(count total) - $(count executed)))
    fi
    if [ "$failed" -eq 0 ] && { [ "$2" -ne 0 ] || [ "$passed" -eq 0 ]; }; then
        log "the test run was aborted"
        failed=1
    fi
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
}

count() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$counters"; }

# shellcheck shell=bash disable=SC2154
# ./fib screenshots

# The tests that check every page and state also write the pictures.
run_screenshots() {
    local readme=
    [ $# -le 1 ] || usage_error "screenshots has one option, --readme."
    case ${1:-} in
        '') ;;
        --readme) readme=1 ;;
        *) usage_error "'$1' is not an option of screenshots." ;;
    esac
    need_sdk
    need_stores
    need_browser
    local pictures=$root/artifacts/screenshots failed=0
    rm -rf "$pictures"
    build Fib.Tests
    dotnet test Fib.Tests --no-build -v quiet -nologo --filter 'FullyQualifiedName~GalleryTests' || failed=1
    compgen -G "$pictures/*.png" >/dev/null || fail "the tests wrote no pictures"
    if [ -n "$readme" ]; then
        [ $failed -eq 0 ] || fail "a test failed; the pictures of the README were not replaced"
        refresh_readme "$pictures"
    fi
    log "$(find "$pictures" -name '*.png' | wc -l) pictures in ${pictures#"$root/"}"
    return $failed
}

refresh_readme() {
    cp "$1/home-computed-desktop-light.png" docs/images/page.png
    cp "$1/home-computed-desktop-dark.png" docs/images/page-dark.png
}

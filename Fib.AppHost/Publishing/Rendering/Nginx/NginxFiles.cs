using System.Globalization;
using Fib.AppHost.Publishing.Model;

namespace Fib.AppHost.Publishing.Rendering.Nginx;

/// <summary>The files around the routes.</summary>
internal static class NginxFiles
{
    public static string Main =>
        """
        worker_processes auto;
        worker_shutdown_timeout 10s;
        pid /tmp/nginx.pid;
        error_log stderr warn;

        events {
            worker_connections 4096;
        }

        http {
            include /etc/nginx/mime.types;
            default_type application/octet-stream;

            # The root file system is read-only; bodies that are passed on stay in memory.
            client_body_temp_path /tmp/body;
            proxy_temp_path /tmp/proxy;
            fastcgi_temp_path /tmp/fastcgi;
            uwsgi_temp_path /tmp/uwsgi;
            scgi_temp_path /tmp/scgi;
            proxy_max_temp_file_size 0;

            sendfile on;
            tcp_nodelay on;
            server_tokens off;
            # Longer than the 60 s after which a load balancer gives up an idle connection, so that it is the one to close it.
            keepalive_timeout 75s;

            gzip on;
            gzip_vary on;
            gzip_proxied any;
            gzip_min_length 1024;
            gzip_types text/plain text/css text/javascript application/javascript application/json application/problem+json image/svg+xml;

            include /tmp/logs.conf;
            include /etc/nginx/conf.d/default.conf;
        }

        """;

    /// <summary>The format and the names of files are those of Beanstalk's enhanced health (Elastic Beanstalk Developer Guide, "Enhanced health log format").</summary>
    public static string BeanstalkLogs =>
        $$"""
        log_format healthd '$msec"$uri"$status"$request_time"$upstream_response_time"$http_x_forwarded_for';
        map $time_iso8601 $hour {
            default unknown;
            '~^(\d{4}-\d{2}-\d{2})T(\d{2})' $1-$2;
        }
        map $time_iso8601 $day {
            default unknown;
            '~^(\d{4}-\d{2}-\d{2})T' $1;
        }
        open_log_file_cache max=8 inactive=60s valid=30s;
        access_log {{NginxRenderer.HealthLogDirectory}}/application.log.$hour healthd;
        access_log {{NginxRenderer.LogDirectory}}/access.log.$day combined;

        """;

    public static string StandardLogs =>
        """
        access_log /dev/stdout combined;

        """;

    public static string Dockerfile(string baseImage, int port) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        ARG BASE_IMAGE={baseImage}
        FROM $BASE_IMAGE
        COPY nginx.conf start.sh alive.sh {NginxRenderer.Directory}/
        COPY default.conf {NginxRenderer.Directory}/conf.d/
        COPY logs/ {NginxRenderer.Directory}/logs/
        # A volume keeps the rights of its directory where it takes the place of a tmpfs.
        VOLUME /tmp
        USER {NginxRenderer.User}
        EXPOSE {port}
        STOPSIGNAL SIGQUIT
        ENTRYPOINT ["bash", "{NginxRenderer.Directory}/start.sh"]
        CMD []

        """);

    public static string Alive(string path, int port) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        #!/usr/bin/env bash
        # Exit code 0 while nginx answers. Needs no program beside the shell.
        exec 3<>/dev/tcp/127.0.0.1/{{port}} || exit 1
        printf 'GET {{path}} HTTP/1.0\r\n\r\n' >&3
        read -r _ status _ <&3
        [ "$status" = 200 ]

        """);

    public static string Start(NginxRouter router) =>
        $$"""
        #!/usr/bin/env bash
        # Runs nginx in this process, and beside it what has nginx look up its upstreams again: by itself it does so only when it
        # reads its configuration, so a container that comes back with another address would be lost to it.
        set -euo pipefail
        upstreams=({{string.Join(' ', router.Upstreams.Values.Select(upstream => upstream.Host).Distinct().Order(StringComparer.Ordinal))}})
        health_logs={{NginxRenderer.HealthLogDirectory}}
        access_logs={{NginxRenderer.LogDirectory}}

        addresses() { getent ahostsv4 "$1" | sort -u; }

        all_addresses() {
            local name
            for name in "${upstreams[@]}"; do
                addresses "$name" || return
            done
        }

        remove_old_logs() {
            find "$health_logs" -name 'application.log.*' -mmin +180 -delete
            find "$access_logs" -name 'access.log.*' -mtime +7 -delete
        }

        watch_upstreams() {
            local known=$1 now hour=
            while sleep 2; do
                if now=$(all_addresses) && [ "$now" != "$known" ]; then
                    kill -HUP $$ && known=$now
                fi
                if [ "$logs" = beanstalk ] && [ "$hour" != "$(printf '%(%H)T')" ]; then
                    hour=$(printf '%(%H)T')
                    remove_old_logs
                fi
            done
        }

        # Where the platform mounts its directories, logs go there; elsewhere to standard output.
        logs=stdout
        if [ -w "$health_logs" ] && [ -w "$access_logs" ]; then
            logs=beanstalk
        fi
        ln -sf "{{NginxRenderer.Directory}}/logs/$logs.conf" /tmp/logs.conf

        until known=$(all_addresses); do
            echo "waiting for ${upstreams[*]}" >&2
            sleep 1
        done
        watch_upstreams "$known" &
        exec nginx -g 'daemon off;'

        """;
}

{{/* Refuses values that contradict each other, with the way out. */}}
{{- define "berth.check" -}}
{{- if and (eq .Values.mode "split") (not .Values.database.host) -}}
{{- fail "mode split needs an external database, because an embedded one serves one pod only. Set database.host, or mode: allInOne." -}}
{{- end -}}
{{- if and .Values.database.host (not .Values.database.existingSecret) -}}
{{- fail "database.host is set, but not database.existingSecret, the secret with its passwords." -}}
{{- end -}}
{{- if and .Values.gatewayApi.enabled (not .Values.gatewayApi.parentRefs) -}}
{{- fail "gatewayApi.enabled needs gatewayApi.parentRefs, such as [{name: public, namespace: gateways}]." -}}
{{- end -}}
{{- end }}

{{- define "berth.databaseUrl" -}}
postgresql://{{ .Values.database.host }}:{{ .Values.database.port }}/{{ .Values.database.name }}{{ if ne .Values.database.sslMode "disable" }}?sslmode={{ .Values.database.sslMode }}{{ end }}
{{- end }}

{{- define "berth.gatewayHost" -}}
{{ include "berth.fullname" . }}-gateway.{{ .Release.Namespace }}.svc
{{- end }}

{{- define "berth.tunnelUrl" -}}
{{- if .Values.tunnel.url -}}
{{ .Values.tunnel.url }}
{{- else -}}
{{ ternary "ws" "wss" (empty .Values.tunnel.existingSecret) }}://{{ include "berth.gatewayHost" . }}:8090
{{- end -}}
{{- end }}

{{/* Names that agents may dial: the service's, and the one of the tunnel's address. */}}
{{- define "berth.gatewayHosts" -}}
{{- $hosts := list (include "berth.gatewayHost" .) (printf "%s.cluster.local" (include "berth.gatewayHost" .)) -}}
{{- with .Values.tunnel.url -}}
{{- $hosts = prepend $hosts (index (splitList ":" (urlParse .).host) 0) -}}
{{- end -}}
{{- join "," (uniq $hosts) -}}
{{- end }}

{{/* The configuration file: what this chart knows, and the values' own keys over it. */}}
{{- define "berth.configuration" -}}
{{- $split := eq .Values.mode "split" -}}
{{- $process := dict "bus" (ternary "clustered" "local" $split) "healthHost" "0.0.0.0" "healthPort" 9400 -}}
{{- if $split -}}
{{- $_ := set $process "busKubernetesService" (printf "%s-bus.%s.svc.cluster.local" (include "berth.fullname" .) .Release.Namespace) -}}
{{- $_ := set $process "busName" (include "berth.fullname" .) -}}
{{- end -}}
{{- $store := dict -}}
{{- $api := dict "host" "0.0.0.0" "httpPort" 8080 "grpcPort" 9090 "tunnelUrl" (include "berth.tunnelUrl" .) "tunnelPin" .Values.tunnel.pin "adminEmail" .Values.admin.email -}}
{{- with .Values.publicUrl -}}
{{- $_ := set $api "publicUrl" . -}}
{{- end -}}
{{- $gateway := dict "host" "0.0.0.0" "port" 8090 "publicHosts" (include "berth.gatewayHosts" .) -}}
{{- if .Values.database.host -}}
{{- $url := include "berth.databaseUrl" . -}}
{{- range list $store $api $gateway -}}
{{- $_ := set . "databaseUrl" $url -}}
{{- end -}}
{{- else -}}
{{- $_ := set $store "dataDir" "/var/lib/berth/postgres" -}}
{{- end -}}
{{- if .Values.tunnel.existingSecret -}}
{{- $_ := set $gateway "tlsCertificate" "/etc/berth-tls/tls.crt" -}}
{{- $_ := set $gateway "tlsKey" "/etc/berth-tls/tls.key" -}}
{{- end -}}
{{- $sections := dict "process" $process "api" $api "gateway" $gateway -}}
{{- if not $split -}}
{{- $_ := set $sections "store" $store -}}
{{- end -}}
{{- range $name, $section := $sections -}}
{{- $_ := mergeOverwrite $section (index $.Values.config $name) -}}
{{- end -}}
{{ toYaml $sections }}
{{- end }}

{{/* One variable of a secret. Takes (list "VARIABLE" "secret" "key"). */}}
{{- define "berth.fromSecret" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 }}
      key: {{ index . 2 }}
{{- end }}

{{- define "berth.fromField" -}}
- name: {{ index . 0 }}
  valueFrom:
    fieldRef:
      fieldPath: {{ index . 1 }}
{{- end }}

{{/* Secrets of the role store. */}}
{{- define "berth.ownerEnvironment" -}}
{{- $database := .Values.database -}}
{{ include "berth.fromSecret" (list "BERTH_STORE_DATABASE_USER" $database.existingSecret $database.keys.ownerUser) }}
{{ include "berth.fromSecret" (list "BERTH_STORE_DATABASE_PASSWORD" $database.existingSecret $database.keys.ownerPassword) }}
{{ include "berth.fromSecret" (list "BERTH_STORE_API_PASSWORD" $database.existingSecret $database.keys.apiPassword) }}
{{ include "berth.fromSecret" (list "BERTH_STORE_GATEWAY_PASSWORD" $database.existingSecret $database.keys.gatewayPassword) }}
{{- end }}

{{/* Secrets and addresses of the roles that a pod runs; no role gets another's. Takes (list $ (list "role" ...)). */}}
{{- define "berth.roleEnvironment" -}}
{{- $ := index . 0 -}}
{{- $roles := index . 1 -}}
{{- $database := $.Values.database -}}
{{- if eq $.Values.mode "split" }}
{{ include "berth.fromField" (list "BERTH_PROCESS_BUS_HOST" "status.podIP") }}
{{- end }}
{{- if and (has "store" $roles) $database.host }}
{{ include "berth.ownerEnvironment" $ }}
{{- end }}
{{- if has "api" $roles }}
{{- if $database.host }}
{{ include "berth.fromSecret" (list "BERTH_API_DATABASE_PASSWORD" $database.existingSecret $database.keys.apiPassword) }}
{{- end }}
{{- with $.Values.admin.existingSecret }}
{{ include "berth.fromSecret" (list "BERTH_API_ADMIN_PASSWORD" . $.Values.admin.passwordKey) }}
{{- end }}
{{- end }}
{{- if has "gateway" $roles }}
{{ include "berth.fromField" (list "BERTH_GATEWAY_GATEWAY_ID" "metadata.name") }}
{{- if $database.host }}
{{ include "berth.fromSecret" (list "BERTH_GATEWAY_DATABASE_PASSWORD" $database.existingSecret $database.keys.gatewayPassword) }}
{{- end }}
{{- end }}
{{- end }}

{{/* The pod of some roles. Takes (dict "root" $ "part" "api" "values" .Values.api "roles" (list "api")). */}}
{{- define "berth.podTemplate" -}}
{{- $ := .root -}}
{{- $part := .part -}}
{{- $values := .values -}}
metadata:
  {{- include "berth.podMetadata" (list $ $part $values (include "berth.configuration" $ | sha256sum)) | nindent 2 | replace "labels:\n" "labels:\n    berth.dev/metrics: \"true\"\n" }}
spec:
  automountServiceAccountToken: false
  serviceAccountName: {{ include "berth.fullname" $ }}
  {{- include "berth.podSettings" (list $ $part $values) | nindent 2 }}
  containers:
    - name: berth
      {{- include "berth.container" $ | nindent 6 }}
      args: [run, --config, /etc/berth/berth.yaml, --roles, {{ join "," .roles | quote }}]
      env:
        {{- include "berth.environment" $ | nindent 8 }}
        {{- include "berth.roleEnvironment" (list $ .roles) | trim | nindent 8 }}
        {{- with $values.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- include "berth.probes" $ | nindent 6 | replace "ports:\n" (include "berth.ports" .roles) }}
      resources:
        {{- toYaml $values.resources | nindent 8 }}
      volumeMounts:
        - {name: config, mountPath: /etc/berth, readOnly: true}
        - {name: tmp, mountPath: /tmp}
        {{- if and (has "gateway" .roles) $.Values.tunnel.existingSecret }}
        - {name: tls, mountPath: /etc/berth-tls, readOnly: true}
        {{- end }}
        {{- if and (has "store" .roles) (not $.Values.database.host) }}
        - {name: data, mountPath: /var/lib/berth}
        {{- end }}
  volumes:
    - name: config
      configMap:
        name: {{ include "berth.fullname" $ }}
    - name: tmp
      emptyDir: {sizeLimit: 1Gi}
    {{- if and (has "gateway" .roles) $.Values.tunnel.existingSecret }}
    - name: tls
      secret:
        secretName: {{ $.Values.tunnel.existingSecret }}
        defaultMode: 0440
    {{- end }}
    {{- if and (has "store" .roles) (not $.Values.database.host) (not $.Values.database.persistence.enabled) }}
    - name: data
      emptyDir: {}
    {{- end }}
{{- end }}

{{/* Further ports of the roles, as lines of a list that begins with "ports:". */}}
{{- define "berth.ports" -}}
ports:
{{- if has "api" . }}
        - name: http
          containerPort: 8080
        - name: grpc
          containerPort: 9090
{{- end }}
{{- if has "gateway" . }}
        - name: tunnel
          containerPort: 8090
{{- end }}
{{ end }}

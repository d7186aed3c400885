{{/* Refuses values that contradict each other, with the way out. */}}
{{- define "berth.check" -}}
{{- if ne .Release.Namespace "berth" -}}
{{- fail (printf "Berth's cluster part lives in the namespace berth, where its lease and its key are looked for, but this is %s. Use: helm install berth-cluster ... --namespace berth --create-namespace" .Release.Namespace) -}}
{{- end -}}
{{- end }}

{{/* The parts that are on, each with its defaults filled in, as a YAML map. */}}
{{- define "berth.parts" -}}
{{- $parts := dict -}}
{{- range $name, $given := .Values.parts -}}
{{- $part := mergeOverwrite (deepCopy $.Values.partDefaults) (deepCopy (default dict $given)) -}}
{{- if $part.enabled -}}
{{- $_ := set $part "role" (default $name $part.role) -}}
{{- $_ := set $parts $name $part -}}
{{- end -}}
{{- end -}}
{{ toYaml $parts }}
{{- end }}

{{/* The rights of a part. Takes (list $ "part"). */}}
{{- define "berth.rights" -}}
{{- $ := index . 0 -}}
{{- $file := printf "files/rbac/%s.yaml" (index . 1) -}}
{{- required (printf "Part %s has no file of rights: add %s to the chart." (index . 1) $file) ($.Files.Get $file) -}}
{{- end }}

{{/* The configuration file of a part. Takes (list $ values). */}}
{{- define "berth.configuration" -}}
{{- $ := index . 0 -}}
{{- $part := index . 1 -}}
{{- $section := deepCopy $part.config -}}
{{- if eq $part.role "agent" -}}
{{- $section = mergeOverwrite (dict "gatewayUrl" $.Values.controlPlane.url) $section -}}
{{- if $.Values.controlPlane.caConfigMap -}}
{{- $_ := set $section "caFile" "/etc/berth-ca/ca.crt" -}}
{{- end -}}
{{- end -}}
{{ toYaml (dict "process" (dict "bus" "local" "healthHost" "0.0.0.0" "healthPort" 9400 "eventLoops" 2) $part.role $section) }}
{{- end }}

{{/* The port on which the control plane is dialled. */}}
{{- define "berth.controlPlanePort" -}}
{{- $url := urlParse .Values.controlPlane.url -}}
{{- $hostPort := splitList ":" $url.host -}}
{{- if eq (len $hostPort) 2 -}}
{{ index $hostPort 1 }}
{{- else -}}
{{ ternary 443 80 (eq $url.scheme "wss") }}
{{- end -}}
{{- end }}

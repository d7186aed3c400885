{{/* What both charts say alike; the other chart holds the same file, which a test compares. */}}

{{- define "berth.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{/* Labels by which a part's pods are found; they never change. Takes (list $ "part"). */}}
{{- define "berth.selector" -}}
{{- $ := index . 0 -}}
app.kubernetes.io/name: {{ default $.Chart.Name $.Values.nameOverride | trunc 63 }}
app.kubernetes.io/instance: {{ $.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{/* All labels of an object. Takes (list $ "part"). */}}
{{- define "berth.labels" -}}
{{- $ := index . 0 -}}
{{ include "berth.selector" . }}
app.kubernetes.io/version: {{ $.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: berth
app.kubernetes.io/managed-by: {{ $.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $.Chart.Name $.Chart.Version }}
{{- with $.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "berth.image" -}}
{{- $image := .Values.image -}}
{{- $name := ternary $image.repository (printf "%s/%s" $image.registry $image.repository) (empty $image.registry) -}}
{{- if $image.digest -}}
{{ $name }}@{{ $image.digest }}
{{- else -}}
{{ $name }}:{{ default .Chart.AppVersion $image.tag }}
{{- end -}}
{{- end }}

{{/* Security of a pod: the restricted standard. OnRootMismatch leaves a database's own 0700 folders alone. */}}
{{- define "berth.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "berth.containerSecurity" -}}
allowPrivilegeEscalation: false
capabilities:
  drop: [ALL]
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
{{- end }}

{{/* Image and security of one container of Berth. */}}
{{- define "berth.container" -}}
image: {{ include "berth.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  {{- include "berth.containerSecurity" . | nindent 2 }}
{{- end }}

{{- define "berth.probes" -}}
ports:
  - name: health
    containerPort: 9400
startupProbe:
  httpGet: {path: /readyz, port: health}
  periodSeconds: 2
  failureThreshold: 90
livenessProbe:
  httpGet: {path: /healthz, port: health}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /readyz, port: health}
  periodSeconds: 5
  timeoutSeconds: 3
{{- end }}

{{/* Environment that every process of Berth gets. */}}
{{- define "berth.environment" -}}
- name: JDK_JAVA_OPTIONS
  value: {{ .Values.javaOptions | quote }}
- name: BERTH_LOG_LEVEL
  value: {{ .Values.logLevel }}
{{- end }}

{{/*
Where a pod may run and how it is treated: the part's own values before those of all parts. Takes (list $ "part" values).
Links to services are off, because the environment of a service named berth-gateway would look like configuration.
*/}}
{{- define "berth.podSettings" -}}
{{- $ := index . 0 -}}
{{- $part := index . 2 -}}
enableServiceLinks: false
terminationGracePeriodSeconds: 45
securityContext:
  {{- include "berth.podSecurity" $ | nindent 2 }}
{{- with $.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with (default $.Values.priorityClassName $part.priorityClassName) }}
priorityClassName: {{ . }}
{{- end }}
{{- with (default $.Values.nodeSelector $part.nodeSelector) }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with (default $.Values.tolerations $part.tolerations) }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with (default $.Values.affinity $part.affinity) }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "berth.selector" . | nindent 8 }}
{{- end }}

{{/* Labels and annotations of a pod. Takes (list $ "part" values "checksum"). */}}
{{- define "berth.podMetadata" -}}
{{- $ := index . 0 -}}
{{- $part := index . 2 -}}
labels:
  {{- include "berth.labels" . | nindent 2 }}
  {{- with $part.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
annotations:
  checksum/config: {{ index . 3 }}
  {{- with $part.podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{/* A budget for disruptions of one part. Takes (list $ "part" values). */}}
{{- define "berth.disruptionBudget" -}}
{{- $ := index . 0 -}}
{{- $part := index . 2 -}}
{{- if $part.podDisruptionBudget.enabled }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "berth.fullname" $ }}-{{ index . 1 }}
  namespace: {{ $.Release.Namespace }}
  labels:
    {{- include "berth.labels" . | nindent 4 }}
spec:
  maxUnavailable: {{ $part.podDisruptionBudget.maxUnavailable }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "berth.selector" . | nindent 6 }}
{{- end }}
{{- end }}

{{/* A headless service of all metrics ports, and a monitor where the Prometheus operator is. */}}
{{- define "berth.monitoring" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "berth.fullname" . }}-metrics
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "berth.labels" (list . "metrics") | nindent 4 }}
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  ports:
    - name: metrics
      port: 9400
      targetPort: health
  selector:
    app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 }}
    app.kubernetes.io/instance: {{ .Release.Name }}
    berth.dev/metrics: "true"
{{- if .Values.metrics.serviceMonitor.enabled }}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ include "berth.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "berth.labels" (list . "metrics") | nindent 4 }}
    {{- with .Values.metrics.serviceMonitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  selector:
    matchLabels:
      {{- include "berth.selector" (list . "metrics") | nindent 6 }}
  endpoints:
    - port: metrics
      path: /metrics
      interval: {{ .Values.metrics.serviceMonitor.interval }}
{{- end }}
{{- end }}

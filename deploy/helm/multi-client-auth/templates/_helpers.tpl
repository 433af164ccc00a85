{{/* The name of the chart. */}}
{{- define "multi-client-auth.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* The name of all objects. Short enough for the longest ending within the 63 characters of a Service. */}}
{{- define "multi-client-auth.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 48 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 48 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 48 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "multi-client-auth.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "multi-client-auth.labels" -}}
helm.sh/chart: {{ include "multi-client-auth.chart" . }}
{{ include "multi-client-auth.instanceLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "multi-client-auth.instanceLabels" -}}
app.kubernetes.io/name: {{ include "multi-client-auth.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* What selects the facade's pods, and not the pod of helm test. */}}
{{- define "multi-client-auth.selectorLabels" -}}
{{ include "multi-client-auth.instanceLabels" . }}
app.kubernetes.io/component: facade
{{- end }}

{{- define "multi-client-auth.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "multi-client-auth.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "multi-client-auth.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{/* A value as text, and nothing for null, which Helm calls <nil>. */}}
{{- define "multi-client-auth.text" -}}
{{- if not (kindIs "invalid" .) }}{{ toString . }}{{ end }}
{{- end }}

{{/* The trusted proxies. Quarkus takes 2001:db8::5 for a host with a port, so a single IPv6 address stands in brackets. */}}
{{- define "multi-client-auth.trustedProxies" -}}
{{- $proxies := list }}
{{- range .Values.trustedProxies }}
{{- $bare := and (contains ":" .) (not (contains "/" .)) (not (hasPrefix "[" .)) }}
{{- $proxies = append $proxies (ternary (printf "[%s]" .) . $bare) }}
{{- end }}
{{- join "," $proxies }}
{{- end }}

{{/* The keys of the Secret with the master secrets, as JSON. */}}
{{- define "multi-client-auth.authSecretKeys" -}}
{{- if .Values.authSecret.existingSecret }}
{{- .Values.authSecret.keys | toJson }}
{{- else if .Values.authSecret.values }}
{{- keys .Values.authSecret.values | sortAlpha | toJson }}
{{- else }}
{{- list "AUTH_SECRET" | toJson }}
{{- end }}
{{- end }}

{{/* Whether there are client secrets, and whether the account has one: empty if not. */}}
{{- define "multi-client-auth.hasClientSecrets" -}}
{{- if or .Values.clientSecrets.existingSecret .Values.clientSecrets.values }}yes{{ end }}
{{- end }}
{{- define "multi-client-auth.hasAccountSecret" -}}
{{- if or .Values.account.existingSecret .Values.account.secret }}yes{{ end }}
{{- end }}

{{/*
A new key for the facade: a JWK Set (RFC 7517) with a P-256 key. Helm makes keys only as PEM. The DER in it has fixed places
(RFC 5915): 32 bytes of the private key from 7 on, then the curve, then x and y, 32 bytes each, to the end at 121.
*/}}
{{- define "multi-client-auth.newClientKey" -}}
{{- $der := regexReplaceAll "-----[A-Z ]+-----|\\s" (genPrivateKey "ecdsa") "" | b64dec }}
{{- if ne (len $der) 121 }}{{ fail "this Helm makes no P-256 keys: set clientKey.existingSecret" }}{{ end }}
{{- $d := substr 7 39 $der | b64enc | replace "+" "-" | replace "/" "_" | trimSuffix "=" }}
{{- $x := substr 57 89 $der | b64enc | replace "+" "-" | replace "/" "_" | trimSuffix "=" }}
{{- $y := substr 89 121 $der | b64enc | replace "+" "-" | replace "/" "_" | trimSuffix "=" }}
{{- printf `{"keys":[{"kty":"EC","use":"sig","crv":"P-256","iat":%s,"x":"%s","y":"%s","d":"%s"}]}` (now | unixEpoch) $x $y $d }}
{{- end }}

{{/* The key of a client's secret in a Secret. Other client ids than these are no keys. */}}
{{- define "multi-client-auth.clientSecretKey" -}}
{{- if regexMatch "^[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}$" . }}{{ . }}{{ else }}client-{{ sha256sum . }}{{ end }}
{{- end }}

{{/* The name of the file with a client's secret, as docs/how-to/secrets.md describes it. */}}
{{- define "multi-client-auth.clientSecretFile" -}}
{{- $encoded := urlquery . | replace "+" "%20" }}
{{- if hasPrefix "." $encoded }}%2E{{ trimPrefix "." $encoded }}{{ else }}{{ $encoded }}{{ end }}
{{- end }}

{{/* What the schema cannot say. */}}
{{- define "multi-client-auth.validate" -}}
{{- $_ := required "keycloak.issuer is missing: the issuer of your realm, such as https://id.example.com/realms/example" .Values.keycloak.issuer }}
{{- if and .Values.keycloak.trustedCertificates.existingConfigMap .Values.keycloak.trustedCertificates.existingSecret }}
{{- fail "keycloak.trustedCertificates: set existingConfigMap or existingSecret, not both" }}
{{- end }}
{{- if and .Values.authSecret.existingSecret .Values.authSecret.values }}
{{- fail "authSecret: set existingSecret or values, not both" }}
{{- end }}
{{- if and (not .Values.authSecret.existingSecret) (ne (toJson .Values.authSecret.keys) "[\"AUTH_SECRET\"]") }}
{{- fail (printf "authSecret.keys only counts with authSecret.existingSecret. To rotate the secret that the chart has made, set existingSecret to its name: %s-auth-secret" (include "multi-client-auth.fullname" .)) }}
{{- end }}
{{- if and .Values.clientSecrets.existingSecret .Values.clientSecrets.values }}
{{- fail "clientSecrets: set existingSecret or values, not both" }}
{{- end }}
{{- if and .Values.account.existingSecret .Values.account.secret }}
{{- fail "account: set existingSecret or secret, not both" }}
{{- end }}
{{- if not (or .Values.clientKey.enabled (include "multi-client-auth.hasAccountSecret" .)) }}
{{- fail "account: without clientKey.enabled, set account.existingSecret or account.secret" }}
{{- end }}
{{- if and (or .Values.ingress.enabled .Values.httpRoute.enabled) (not .Values.applications) }}
{{- fail "applications is empty: ingress and httpRoute need the hosts of your applications" }}
{{- end }}
{{- $own := "ISSUER|CLIENT_KEY_FILE|CLIENT_SECRETS_DIRECTORY|DIRECTORY_CLIENT_ID|DIRECTORY_CLIENT_SECRET_FILE|KEYCLOAK_TRUSTED_CERTIFICATES|CENTRAL_ORIGINS" }}
{{- $proxies := "HTTP_PROXY_(PROXY_ADDRESS_FORWARDING|ALLOW_X_FORWARDED|TRUSTED_PROXIES)" }}
{{- range $name, $value := .Values.settings }}
{{- if regexMatch "^(AUTH_SECRET(_[0-9])?|MCA_(.*_)?SECRET)$" $name }}
{{- fail (printf "settings: %s is a secret, which belongs into authSecret, clientSecrets or account" $name) }}
{{- end }}
{{- if regexMatch (printf "^(AUTH_SECRET(_[0-9])?_FILE|MCA_(%s)|QUARKUS_(%s|HTTP_PORT|MANAGEMENT_PORT))$" $own $proxies) $name }}
{{- fail (printf "settings: the chart sets %s itself, see values.yaml" $name) }}
{{- end }}
{{- if eq $name "JAVA_TOOL_OPTIONS" }}{{ fail "settings: JAVA_TOOL_OPTIONS is the value javaOptions" }}{{ end }}
{{- if regexMatch "^QUARKUS_(HTTP_(HOST|ROOT_PATH)|MANAGEMENT_(HOST|ENABLED|ROOT_PATH)|SMALLRYE_HEALTH_.*PATH)$" $name }}
{{- fail (printf "settings: %s has to stay as it is in the image, because the chart's Services and probes rely on it" $name) }}
{{- end }}
{{- end }}
{{- if not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" (include "multi-client-auth.fullname" .)) }}
{{- fail (printf "fullnameOverride: %s is no name of a Service, which begins with a letter and has lower case letters, digits and - only" (include "multi-client-auth.fullname" .)) }}
{{- end }}
{{- $names := list }}
{{- range .Values.applications }}
{{- if has .name $names }}{{ fail (printf "applications: the name %s occurs twice" .name) }}{{ end }}
{{- $names = append $names .name }}
{{- if and $.Values.httpRoute.enabled (not (or .parentRefs $.Values.httpRoute.parentRefs)) }}
{{- fail (printf "applications: %s has no parentRefs, and httpRoute.parentRefs is empty" .name) }}
{{- end }}
{{- end }}
{{- if .Values.podDisruptionBudget.enabled }}
{{- $min := include "multi-client-auth.text" .Values.podDisruptionBudget.minAvailable }}
{{- $max := include "multi-client-auth.text" .Values.podDisruptionBudget.maxUnavailable }}
{{- if and $min $max }}
{{- fail "podDisruptionBudget: set maxUnavailable or minAvailable, and the other to \"\"" }}
{{- end }}
{{- if not (or $min $max) }}
{{- fail "podDisruptionBudget: set maxUnavailable or minAvailable, or enabled: false" }}
{{- end }}
{{- $pods := ternary .Values.autoscaling.minReplicas .Values.replicaCount .Values.autoscaling.enabled | int }}
{{- $needed := ternary (ceil (divf (mulf (trimSuffix "%" $min | int) $pods) 100)) $min (hasSuffix "%" $min) | int }}
{{- if or (has $max (list "0" "0%")) (and $min (gt $pods 0) (ge $needed $pods)) }}
{{- fail (printf "podDisruptionBudget: Kubernetes may never stop one of the %d pods, so a node with one cannot be updated. Set maxUnavailable to 1 or more, or a smaller minAvailable" $pods) }}
{{- end }}
{{- end }}
{{- $shutdown := ternary 1 15 (hasKey .Values.settings "QUARKUS_SHUTDOWN_TIMEOUT") }}
{{- if lt (int .Values.terminationGracePeriodSeconds) (add (int .Values.preStopSeconds) $shutdown | int) }}
{{- fail "terminationGracePeriodSeconds is shorter than preStopSeconds and the 15 s in which a pod finishes its requests" }}
{{- end }}
{{- $requests := dig "requests" "cpu" "" (.Values.resources | default dict) }}
{{- if and .Values.autoscaling.enabled (not (or $requests (dig "limits" "cpu" "" (.Values.resources | default dict)))) }}
{{- fail "autoscaling goes by the share of resources.requests.cpu, which is not set" }}
{{- end }}
{{- if and .Values.autoscaling.enabled (gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) }}
{{- fail "autoscaling: minReplicas is larger than maxReplicas" }}
{{- end }}
{{- if and .Values.metrics.serviceMonitor.enabled .Values.networkPolicy.enabled (not .Values.networkPolicy.managementFrom) }}
{{- fail "networkPolicy.managementFrom is empty: with metrics.serviceMonitor, name the pods of your Prometheus there" }}
{{- end }}
{{- end }}

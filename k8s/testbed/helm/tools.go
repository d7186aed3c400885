//go:build tools

// Package helm pins the helm command in a module of its own: it is built against another Kubernetes than the one beside it.
package helm

import _ "helm.sh/helm/v3/cmd/helm"

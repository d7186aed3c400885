// Command etcd is the etcd server alone, so that the testbed needs no second module for it.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() { etcdmain.Main(os.Args) }

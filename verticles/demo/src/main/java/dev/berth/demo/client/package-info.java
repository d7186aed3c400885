/** The demo as a client of the REST API: calls with retries, the organisation that it makes, workloads as they are submitted. */
@org.jspecify.annotations.NullMarked
package dev.berth.demo.client;

package dev.berth.gateway;

/** Where the gateway of this process listens, as {@code ws://host:port}; attached under the role's instance name. */
public record GatewayAddress(String url) {}

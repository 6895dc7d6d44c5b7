package io.signalbox.protocol;

/** Names one version of a workflow within a tenant. */
public record WorkflowRef(String namespace, String name, String version) {}

/** Approvals: how they are asked for, standing grants, and the channels that tell people. */
@NullMarked
package io.signalbox.protocol.approval;

import org.jspecify.annotations.NullMarked;

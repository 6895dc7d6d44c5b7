/** Tests of the catalog on a real database. */
@NullMarked
package io.signalbox.boot.catalog;

import org.jspecify.annotations.NullMarked;

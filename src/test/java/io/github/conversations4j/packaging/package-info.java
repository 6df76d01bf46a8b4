/** What is asked of the finished jars. */
@NullMarked
package io.github.conversations4j.packaging;

import org.jspecify.annotations.NullMarked;

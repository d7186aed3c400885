/** The machine and the person: free ports, lines on the terminal, a browser. */
@org.jspecify.annotations.NullMarked
package dev.berth.demo.host;

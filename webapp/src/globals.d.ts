/** The version of the console, from package.json. */
declare const __BERTH_VERSION__: string;

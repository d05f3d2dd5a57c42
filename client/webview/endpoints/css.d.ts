/** esbuild takes stylesheets out into a file of their own. */
declare module '*.css';

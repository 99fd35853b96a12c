// @ts-check
/** The version of the application: the one of package.json, held equal by a test. */
export const version = '0.1.0';

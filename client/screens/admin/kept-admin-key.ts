/** The admin key stays in this tab alone. */
const KEY = 'maplewall-admin-key';

export const keptAdminKey = (): string | undefined => sessionStorage.getItem(KEY) ?? undefined;
export const keepAdminKey = (key: string): void => sessionStorage.setItem(KEY, key);
export const dropAdminKey = (): void => sessionStorage.removeItem(KEY);

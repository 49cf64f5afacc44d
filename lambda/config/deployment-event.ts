// The one kind of event of the account's default bus that this monitor takes: that something was deployed.

export const deploymentSource = { source: 'driftwatch', detailType: 'deployment' } as const;

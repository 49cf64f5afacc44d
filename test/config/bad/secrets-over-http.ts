const credentials = { secret: 'prod/pap-api/monitor' };
export default {
  name: 'control-core',
  targets: {
    'pap-api': {
      environment: 'production',
      checks: {
        'probe:a': { url: 'http://api.example.com/login', credentials },
        'probe:b': { url: 'http://11.0.0.1/login', credentials },
        'probe:c': { url: 'http://127.0.0.1.example.com/login', credentials },
        'probe:d': { url: 'http://10.example.com/login', credentials },
        'probe:fine': { url: 'https://api.example.com/login', credentials },
        'probe:health': { url: 'http://api.example.com/health' },
        'probe:loopback': { url: 'http://0x7f.1/login', credentials },
        'probe:private': { url: 'http://192.168.0.7:8080/login', credentials },
        'probe:ipv6': { url: 'http://[fd00::1]/login', credentials },
      },
    },
  },
};

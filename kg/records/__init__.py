"""Where records come from: files, folders, archives, streams and the registry's API."""

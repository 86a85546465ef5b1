Console.WriteLine($"Migrating with {string.Join( ' ' , args)}.");

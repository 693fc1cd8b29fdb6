"""The outside world behind the ports: AWS, files, pictures, exchange rates, marketplaces. boto3 appears only here."""
